package io.holdfast.cli.source;

import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.google.GoogleAccess;
import io.holdfast.sources.google.GoogleSheets;
import io.holdfast.sources.google.GoogleTools;
import io.holdfast.sources.google.system.RealPause;
import java.nio.file.Path;
import java.util.Optional;

/** Who reads Google Sheets, as the environment says; for commands and servers alike. Stateless. */
public final class GoogleAccounts {

    /** Names a file with the key of a service account. */
    public static final String KEY_FILE_VARIABLE = "HOLDFAST_GOOGLE_KEY_FILE";

    /** Holds a key of a project. */
    public static final String API_KEY_VARIABLE = "HOLDFAST_GOOGLE_API_KEY";

    private GoogleAccounts() {}

    /**
     * Spreadsheets as this machine may read them.
     *
     * @throws HoldfastException USAGE if the environment names nobody
     */
    public static GoogleSheets sheets(Host host) {
        GoogleTools tools = GoogleTools.real(host.clock(), host.random(), new RealPause());
        return new GoogleSheets(access(host), tools);
    }

    private static GoogleAccess access(Host host) {
        Optional<String> keyFile = host.variable(KEY_FILE_VARIABLE);
        if (keyFile.isPresent()) {
            return GoogleAccess.ServiceAccount.read(
                    InputFile.read(Path.of(keyFile.get()), GoogleAccess.ServiceAccount.BYTES_MAX));
        }
        return host.variable(API_KEY_VARIABLE)
                .map(GoogleAccess.ApiKey::new)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.USAGE,
                        "Google wants to know who reads: name the key file of a service account in " + KEY_FILE_VARIABLE
                                + ", or set an API key in " + API_KEY_VARIABLE + "."));
    }
}
