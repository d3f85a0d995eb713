package io.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.transport.Trust;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.server.config.Secret;
import io.holdfast.server.config.Tls;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that the machine does not know. */
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private Path keys = Path.of("");
    private Path certificate = Path.of("");

    @BeforeEach
    void makeCertificate() throws Exception {
        keys = folder.resolve("server.p12");
        certificate = folder.resolve("server.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=garden",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12");
        keytool("-exportcert", "-rfc", "-alias", "server", "-file", certificate.toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aCertificateIsTrustedOnlyIfItIsGiven() throws Exception {
        try (Garden garden = Garden.open(new Tls.Pkcs12(keys, new Secret(PASSWORD)));
                Store store =
                        Store.open(folder.resolve("phone"), Garden.SCHEMA, Garden.SCOPE, StoreOptions.defaults())) {
            ClientOptions options = ClientOptions.of(garden.address(), garden.token());
            assertThat(garden.address()).startsWith("https://");

            try (SyncClient distrustful = SyncClient.connect(store, options)) {
                SyncResult refused = distrustful.syncNow(PATIENCE);
                assertThat(refused.failure().orElseThrow().code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
                assertThat(refused.failure().orElseThrow().message()).contains("not trusted", "--trust");
            }
            try (SyncClient trusting = SyncClient.connect(store, options.withTrust(Trust.in(certificate)))) {
                assertThat(trusting.syncNow(PATIENCE).proven()).isTrue();
            }
        }
    }

    @Test
    void saysWhichFileHoldsNoCertificate() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path garbled = Files.writeString(folder.resolve("garbled.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

        for (Path wrong : List.of(empty, garbled, folder.resolve("missing.pem"))) {
            assertThatThrownBy(() -> Trust.in(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.getFileName().toString());
        }
    }
}
