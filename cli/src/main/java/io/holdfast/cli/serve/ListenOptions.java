package io.holdfast.cli.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server listens. */
final class ListenOptions {

    @Option(names = "--port", description = "The port; 8420 by default, 0 for any free one.")
    @Nullable
    Integer port;

    @Option(names = "--host", description = "The address to listen on; 127.0.0.1 by default, 0.0.0.0 for all.")
    @Nullable
    String host;

    @Option(names = "--name", description = "A name that clients or proxies call this server by; may be repeated.")
    List<String> names = new ArrayList<>();

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "The certificate and its chain, in PEM.")
    @Nullable
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's key, in PEM (PKCS #8).")
    @Nullable
    Path key;

    @Option(
            names = "--tls-pkcs12",
            paramLabel = "FILE",
            description = "Certificate and key in one PKCS #12 file; its password is the environment's"
                    + " HOLDFAST_TLS_PASSWORD.")
    @Nullable
    Path pkcs12;
}
