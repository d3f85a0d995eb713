package io.holdfast.server.settings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** Settings break their rules; nothing was changed. */
public final class SettingsRefusedException extends HoldfastException {

    private static final long serialVersionUID = 1L;

    /** All that is wrong. */
    private final transient List<Violation> violations;

    SettingsRefusedException(List<Violation> violations) {
        super(
                ErrorCode.SETTINGS_INVALID,
                "The settings are not taken. "
                        + violations.stream().map(Violation::sentence).collect(Collectors.joining(" ")));
        this.violations = List.copyOf(violations);
    }

    /** All that is wrong, each with the setting's name. */
    public List<Violation> violations() {
        return violations;
    }
}
