package io.holdfast.cli.errors;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.server.http.problem.ProblemStatus;
import java.util.List;

/** The page {@code docs/errors.md}, made from {@link ErrorCode}. */
final class ErrorsMarkdown {

    private static final String INTRODUCTION = """
            # Error codes

            Every failure has a stable code for programs and one sentence for people. The server sends the code in its problem
            details (RFC 9457), the command prints it with `--json`, and the library carries it in `HoldfastException`.
            A code is never renamed and never used again for something else.

            This page is made by `holdfast errors --markdown`; a test keeps it in step with the code.

            | Code | What happened | Does trying again help? | What to do | Exit code | HTTP |
            |---|---|---|---|---|---|
            """;

    private static final int DEFECT = 500;

    private ErrorsMarkdown() {}

    static String of(List<ErrorCode> codes) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (ErrorCode code : codes) {
            page.append("| `").append(code).append("` | ").append(code.cause());
            page.append(" | ").append(retry(code)).append(" | ").append(code.action());
            page.append(" | ").append(ExitCode.of(code).number());
            page.append(" | ").append(status(code)).append(" |\n");
        }
        return page.toString();
    }

    /** The HTTP status; a dash for codes that no server answers with. */
    private static String status(ErrorCode code) {
        int status = ProblemStatus.of(code);
        return status == DEFECT && code != ErrorCode.INTERNAL ? "–" : String.valueOf(status);
    }

    static String retry(ErrorCode code) {
        return switch (code.retry()) {
            case NEVER -> "Trying again does not help.";
            case AFTER_CORRECTION -> "Trying again helps after a correction.";
            case LATER -> "Trying again later may help.";
            case AUTOMATIC -> "Holdfast tries again by itself.";
        };
    }
}
