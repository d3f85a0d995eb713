package io.holdfast.earnings.operations;

import java.util.regex.Pattern;

/** Takes out of a text what nobody may read in a log: tokens, passwords, keys. Stateless. */
final class Redaction {

    private static final String HIDDEN = "(hidden)";

    private static final Pattern TOKEN = Pattern.compile("hf_[0-9A-Fa-f]{1,16}(_[A-Za-z0-9_-]*)?");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token|authorization|cookie|api[_-]?key|key)[\"']?\\s*[=:]\\s*(?:bearer\\s+)?)"
                    + "(\"[^\"]*\"|'[^']*'|[^\\s&;,)}\\]]+)");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[^\\s,;]+");
    private static final Pattern USER_INFO = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+@");

    private Redaction() {}

    static String of(String text) {
        String plain = TOKEN.matcher(text).replaceAll(HIDDEN);
        plain = BEARER.matcher(plain).replaceAll("$1" + HIDDEN);
        plain = NAMED.matcher(plain).replaceAll("$1" + HIDDEN);
        return USER_INFO.matcher(plain).replaceAll("$1" + HIDDEN + "@");
    }
}
