package io.holdfast.earnings.record;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Violation;
import java.util.List;

/** How users are told apart: the scope of a user's records is his id. */
public final class Scopes {

    /** Longest id of a user, in characters. */
    public static final int USER_LENGTH_MAX = 128;

    private Scopes() {}

    /**
     * The scope of a user's records.
     *
     * @throws RecordRefusedException RECORD_ID if the id is empty, too long, or has other characters than letters and digits of
     *     ASCII and {@code . _ : @ -}
     */
    public static String of(String user) {
        if (!user.matches("[A-Za-z0-9._:@-]{1," + USER_LENGTH_MAX + "}")) {
            throw new RecordRefusedException(List.of(new Violation(
                    ErrorCode.RECORD_ID,
                    "user_id",
                    Violation.shortened(user),
                    "Use 1 to " + USER_LENGTH_MAX
                            + " characters of a-z, A-Z, 0-9, dot, underscore, colon, at and hyphen.")));
        }
        return user;
    }
}
