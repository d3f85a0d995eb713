package io.holdfast.cli.device;

import io.holdfast.client.transport.Trust;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a command believes to be its server. */
public final class TrustOption {

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Certificates in PEM to trust, instead of those that this machine trusts.")
    private @Nullable Path trust;

    /**
     * The certificates, if they were given.
     *
     * @throws HoldfastException USAGE if they cannot be used
     */
    public Optional<SSLContext> trust() {
        try {
            return Optional.ofNullable(trust).map(Trust::in);
        } catch (IllegalArgumentException unreadable) {
            throw new HoldfastException(ErrorCode.USAGE, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }
}
