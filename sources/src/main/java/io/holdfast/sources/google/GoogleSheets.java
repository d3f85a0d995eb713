package io.holdfast.sources.google;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.sheet.SheetFile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens spreadsheets of Google Sheets for reading, over version 4 of its API. Immutable; each spreadsheet that it opens is for one thread. */
public final class GoogleSheets {

    private static final Pattern ADDRESS =
            Pattern.compile("https://docs\\.google\\.com/spreadsheets/d/([A-Za-z0-9_-]{10,100})(?:[/?#].*)?");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{10,100}");

    private final GoogleAccess access;
    private final GoogleTools tools;

    /** Reads with this access. */
    public GoogleSheets(GoogleAccess access, GoogleTools tools) {
        this.access = access;
        this.tools = tools;
    }

    /** The id in the address that a browser shows for a spreadsheet; empty if it is another address. */
    public static Optional<String> id(String address) {
        Matcher parts = ADDRESS.matcher(address);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /**
     * Opens a spreadsheet.
     *
     * @param id as in its address
     * @throws HoldfastException USAGE for what is no id; AUTH_REQUIRED, FORBIDDEN, NOT_FOUND, RATE_LIMITED, UNAVAILABLE,
     *     SERVER_UNREACHABLE, SERVER_ANSWER
     */
    public SheetFile open(String id) {
        if (!ID.matcher(id).matches()) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "That is no id of a spreadsheet: take it from its address, behind /d/.");
        }
        return GoogleSheet.open(id, new GoogleClient(access, tools), tools);
    }
}
