package io.holdfast.core.schema;

import io.holdfast.core.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a field's texts must satisfy: length, pattern and choices. Immutable and thread-safe. */
final class TextRules {

    private static final int CHOICES_SHOWN = 10;

    private final Field field;
    private final int maxLength;
    private final Optional<PatternCheck> pattern;
    private final Set<String> choices;

    TextRules(Field field) {
        this.field = field;
        this.maxLength = field.constraints().maxLength().orElse(Integer.MAX_VALUE);
        this.pattern = field.constraints().pattern().map(PatternCheck::new);
        this.choices = new HashSet<>(field.constraints().oneOf());
    }

    void check(String text, List<Violation> violations) {
        if (text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength) {
            refuse(ErrorCode.FIELD_LENGTH, text, "Use at most " + maxLength + " characters.", violations);
        }
        if (!choices.isEmpty() && !choices.contains(text)) {
            refuse(ErrorCode.FIELD_CHOICE, text, "Choose " + someChoices() + ".", violations);
        }
        if (pattern.isPresent()) {
            match(text, pattern.get(), violations);
        }
    }

    private void match(String text, PatternCheck check, List<Violation> violations) {
        switch (check.match(text)) {
            case MATCHES -> {}
            case DIFFERS ->
                refuse(
                        ErrorCode.FIELD_PATTERN,
                        text,
                        "Write it as " + field.constraints().pattern().orElse("") + " asks.",
                        violations);
            case TOO_COSTLY ->
                refuse(
                        ErrorCode.FIELD_PATTERN,
                        text,
                        "The field's pattern takes too long on this text; shorten the text, or simplify the pattern.",
                        violations);
        }
    }

    private String someChoices() {
        List<String> all = field.constraints().oneOf();
        String some = String.join(", ", all.subList(0, Math.min(CHOICES_SHOWN, all.size())));
        return some + (all.size() > CHOICES_SHOWN ? " or another of the " + all.size() : "");
    }

    private void refuse(ErrorCode code, String text, String advice, List<Violation> violations) {
        violations.add(Violation.of(code, field, text, advice));
    }
}
