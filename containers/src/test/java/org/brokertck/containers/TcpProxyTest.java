package org.brokertck.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
    private final EchoServer server = new EchoServer();
    private final TcpProxy proxy = new TcpProxy();

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesAndTheEndOfAStreamOnInBothDirections() throws IOException {
        proxy.accept(server.address());
        byte[] sent = new byte[1 << 16];
        new Random(1).nextBytes(sent);
        try (Socket client = connect()) {
            client.getOutputStream().write(sent);
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
        await().untilAsserted(() -> assertThat(server.endings()).containsExactly("end"));
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() {
        assertThat(proxy.address().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void aCutResetsAllConnectionsOnBothSidesAndNewOnesSucceed() throws IOException {
        proxy.accept(server.address());
        try (Socket first = connect();
                Socket second = connect()) {
            assertEchoes(first);
            assertEchoes(second);

            proxy.cut();

            assertReset(first);
            assertReset(second);
        }
        await().untilAsserted(() -> assertThat(server.endings()).containsExactly("reset", "reset"));
        try (Socket third = connect()) {
            assertEchoes(third);
        }
    }

    @Test
    void refusesBeforeItAccepts() {
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    void refusesNewConnectionsAndResetsTheOthersUntilItAcceptsAgain() throws IOException {
        proxy.accept(server.address());
        try (Socket client = connect()) {
            assertEchoes(client);

            proxy.refuse();

            assertReset(client);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThat(proxy.isAccepting()).isFalse();

        proxy.accept(server.address());

        try (Socket client = connect()) {
            assertEchoes(client);
        }
    }

    @Test
    void keepsItsPortWhileItRefuses() throws IOException {
        proxy.accept(server.address());
        proxy.refuse();

        try (ServerSocket thief = new ServerSocket()) {
            thief.setReuseAddress(false);
            assertThatThrownBy(() -> thief.bind(proxy.address())).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void refusesAndAcceptsAnyNumberOfTimes() throws IOException {
        for (int i = 0; i < 50; i++) {
            proxy.accept(server.address());
            proxy.accept(server.address());
            try (Socket client = connect()) {
                assertEchoes(client);
                proxy.refuse();
                proxy.refuse();
                assertReset(client);
            }
        }
    }

    @Test
    void followsTheServerToAnotherAddress() throws IOException {
        proxy.accept(server.address());
        try (EchoServer other = new EchoServer()) {
            proxy.accept(other.address());
            try (Socket client = connect()) {
                assertEchoes(client);
            }
            await().untilAsserted(() -> assertThat(other.endings()).hasSize(1));
        }
        assertThat(server.endings()).isEmpty();
    }

    @Test
    void resetsAClientWhoseServerIsNotThere() throws IOException {
        InetSocketAddress nowhere;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = (InetSocketAddress) free.getLocalSocketAddress();
        }
        proxy.accept(nowhere);
        // The reset may be there before the client has noticed that it is connected.
        assertThatThrownBy(() -> {
                    try (Socket client = connect()) {
                        client.getInputStream().read();
                    }
                })
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void passesAResetByTheClientOn() throws IOException {
        proxy.accept(server.address());
        try (Socket client = connect()) {
            assertEchoes(client);
            client.setSoLinger(true, 0);
        }
        await().untilAsserted(() -> assertThat(server.endings()).containsExactly("reset"));
    }

    @Test
    void leavesNoThreadWhenItIsClosed() throws IOException {
        proxy.accept(server.address());
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(connect());
        }
        assertEchoes(clients.get(19));
        assertThat(proxyThreads()).isNotEmpty();

        proxy.close();
        proxy.close();

        assertThat(proxyThreads()).isEmpty();
        for (Socket client : clients) {
            client.close();
        }
        assertThatCode(proxy::refuse).doesNotThrowAnyException();
        assertThatThrownBy(() -> proxy.accept(server.address())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leavesNoThreadBehindAConnectionThatEnded() throws IOException {
        proxy.accept(server.address());
        for (int i = 0; i < 20; i++) {
            try (Socket client = connect()) {
                assertEchoes(client);
            }
        }
        await().untilAsserted(() -> assertThat(proxyThreads()).hasSize(1));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(10_000);
        socket.connect(proxy.address(), 10_000);
        return socket;
    }

    private List<String> proxyThreads() {
        String prefix = "tck-proxy-" + proxy.address().getPort() + "-";
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private static void assertEchoes(Socket socket) throws IOException {
        byte[] hello = "hello".getBytes(UTF_8);
        socket.getOutputStream().write(hello);
        assertThat(socket.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }
}
