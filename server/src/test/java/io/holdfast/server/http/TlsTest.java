package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Role;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.Secret;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.config.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        folder.resolve("server.p12").toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
        KeyStore store = store();
        write("server.crt", "CERTIFICATE", store.getCertificate("server").getEncoded());
        write(
                "server.key",
                "PRIVATE KEY",
                store.getKey("server", PASSWORD.toCharArray()).getEncoded());
    }

    private static KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void write(String file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private static HttpClient trustingClient() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, new char[0]);
        trusted.setCertificateEntry("server", store().getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static ServerConfig config(Tls tls) {
        return ServerConfig.defaults().withListen(Listen.defaults().withPort(0).withTls(tls));
    }

    private static void servesOverTls(Tls tls) throws Exception {
        try (TestServer server = TestServer.start(config(tls));
                HttpClient client = trustingClient()) {
            URI address = server.server.address();
            assertThat(address.getScheme()).isEqualTo("https");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address.resolve("/v1/session"))
                            .header("Origin", address.toString().replaceAll("/$", ""))
                            .header("Authorization", "Bearer " + server.token(Role.ADMIN, "*"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-holdfast_session=")
                    .endsWith("; Secure");
        }
    }

    @Test
    void servesWithACertificateInPkcs12() throws Exception {
        servesOverTls(new Tls.Pkcs12(folder.resolve("server.p12"), new Secret(PASSWORD)));
    }

    @Test
    void servesWithACertificateInPem() throws Exception {
        servesOverTls(new Tls.Pem(folder.resolve("server.crt"), folder.resolve("server.key")));
    }

    @Test
    void saysThatACertificateCannotBeRead() {
        Tls[] unreadable = {
            new Tls.Pkcs12(folder.resolve("server.p12"), new Secret("wrong")),
            new Tls.Pkcs12(folder.resolve("nothing.p12"), new Secret(PASSWORD)),
            new Tls.Pem(folder.resolve("server.key"), folder.resolve("server.key")),
            new Tls.Pem(folder.resolve("server.crt"), folder.resolve("server.crt"))
        };
        for (Tls tls : unreadable) {
            assertThatThrownBy(() -> TestServer.start(config(tls)))
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.USAGE))
                    .hasMessageContaining("certificate");
        }
    }
}
