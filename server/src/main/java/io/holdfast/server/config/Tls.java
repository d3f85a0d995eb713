package io.holdfast.server.config;

import java.nio.file.Path;

/** Where the server's certificate and its private key are. */
public sealed interface Tls {

    /** Both in one PKCS #12 file. */
    record Pkcs12(Path file, Secret password) implements Tls {}

    /**
     * In two PEM files (RFC 7468).
     *
     * @param certificate the server's certificate first, then those that lead to a root
     * @param key unencrypted PKCS #8 ({@code BEGIN PRIVATE KEY})
     */
    record Pem(Path certificate, Path key) implements Tls {}
}
