package org.brokertck.cli;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a class path. */
final class ClassPath {
    private ClassPath() {}

    /**
     * A loader of the entries, above the kit's own classes.
     *
     * @throws NoTargetException when an entry does not exist
     */
    static ClassLoader loader(String classpath, String separator) {
        List<URL> urls = new ArrayList<>();
        for (String entry : classpath.split(Pattern.quote(separator), -1)) {
            File file = new File(entry);
            if (!file.exists()) {
                throw new NoTargetException("--classpath names '" + entry + "', which does not exist");
            }
            try {
                urls.add(file.toURI().toURL());
            } catch (MalformedURLException e) {
                throw new NoTargetException("--classpath names '" + entry + "', which cannot be read", e);
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassPath.class.getClassLoader());
    }
}
