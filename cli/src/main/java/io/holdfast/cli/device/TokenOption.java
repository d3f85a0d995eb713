package io.holdfast.cli.device;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command is told a token: as an option, on standard input, or by the environment, where no list of processes shows it. */
public final class TokenOption {

    /** The variable that holds a token. */
    public static final String VARIABLE = "HOLDFAST_TOKEN";

    private static final String STANDARD_INPUT = "-";
    private static final int LENGTH_MAX = 4_096;

    @Option(
            names = "--token",
            description = "The token for the server; '-' reads it from standard input. Without this option the"
                    + " environment's HOLDFAST_TOKEN is used.")
    private @Nullable String token;

    /** Whether the option was given. */
    public boolean given() {
        return token != null;
    }

    /**
     * The token, wherever it comes from.
     *
     * @throws HoldfastException USAGE if it is no token
     */
    public Optional<String> read(Terminal terminal, Host host) {
        if (token == null) {
            return host.variable(VARIABLE).map(TokenOption::checked);
        }
        return Optional.of(checked(token.equals(STANDARD_INPUT) ? firstLine(terminal) : token));
    }

    /**
     * The token, which the command cannot do without.
     *
     * @throws HoldfastException USAGE if there is none, or it is no token
     */
    public String require(Terminal terminal, Host host) {
        return read(terminal, host)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.USAGE,
                        "The token is missing; give it with --token, or in the environment's " + VARIABLE + "."));
    }

    /** The token of the environment, else the one that was remembered. */
    public static Optional<String> current(Host host, Optional<String> remembered) {
        return host.variable(VARIABLE).or(() -> remembered).map(TokenOption::checked);
    }

    private static String firstLine(Terminal terminal) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = terminal.in().read(); next >= 0 && next != '\n' && line.size() <= LENGTH_MAX; ) {
                line.write(next);
                next = terminal.in().read();
            }
        } catch (IOException unreadable) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Standard input cannot be read; give the token in another way.", unreadable);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static String checked(String text) {
        String stripped = text.strip();
        boolean sendable = stripped.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (stripped.isEmpty() || stripped.length() > LENGTH_MAX || !sendable) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The token is empty, too long, or has characters that no token has; copy it again.");
        }
        return stripped;
    }
}
