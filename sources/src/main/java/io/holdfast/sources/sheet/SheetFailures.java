package io.holdfast.sources.sheet;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Why a file cannot be taken, each as one sentence about that file. Immutable.
 *
 * @param subject what the sentence begins with
 * @param name of the file, for programs
 */
public record SheetFailures(String subject, String name) {

    /** About a file. */
    public SheetFailures(Path file) {
        this("The file " + file, file.toString());
    }

    /** SOURCE_DAMAGED. */
    public HoldfastException damaged(String why) {
        return failure(
                ErrorCode.SOURCE_DAMAGED, why + "; get the file again, or open and save it in a spreadsheet program");
    }

    /** SOURCE_FORMAT. */
    public HoldfastException format(String why) {
        return failure(ErrorCode.SOURCE_FORMAT, why + "; save it as XLSX, XLS or CSV");
    }

    /** SOURCE_TOO_LARGE. */
    public HoldfastException tooLarge(String why) {
        return failure(ErrorCode.SOURCE_TOO_LARGE, why);
    }

    /** SOURCE_HOSTILE. */
    public HoldfastException hostile(String why) {
        return failure(ErrorCode.SOURCE_HOSTILE, why + "; reading stopped, ask where the file comes from");
    }

    /** SOURCE_ENCRYPTED. */
    public HoldfastException encrypted() {
        return failure(ErrorCode.SOURCE_ENCRYPTED, "is encrypted; save it without a password");
    }

    /** SOURCE_CHANGED. */
    public HoldfastException changed() {
        return failure(ErrorCode.SOURCE_CHANGED, "changed while it was read; read it again once it is written");
    }

    /** SOURCE_SHEET_UNKNOWN. */
    public HoldfastException noSuchSheet(String sheet) {
        return failure(ErrorCode.SOURCE_SHEET_UNKNOWN, "has no sheet named '" + sheet + "'; name one of those it has");
    }

    private HoldfastException failure(ErrorCode code, String why) {
        return new HoldfastException(code, subject + " " + why + ".", Map.of("file", name));
    }
}
