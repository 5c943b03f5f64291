/** What {@code tck serve} serves, by those who read it: Prometheus, Grafana, a browser, a log shipper. */
@NullMarked
package org.brokertck.cli.serve;

import org.jspecify.annotations.NullMarked;
