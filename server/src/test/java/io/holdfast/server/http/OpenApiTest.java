package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class OpenApiTest {

    private static final Pattern LINE =
            Pattern.compile("^ {2}(/\\S*):$|^ {4}(get|post|put|patch|delete):$", Pattern.MULTILINE);

    @Test
    void describesEveryAddressAndNoOther() {
        try (TestServer server = TestServer.start()) {
            String description = server.get("/openapi.yaml").body();
            TreeSet<String> served = new TreeSet<>();
            server.server.routes().forEach(route -> served.add(route.method() + " " + route.path()));
            assertThat(described(description)).containsExactlyElementsOf(served);
        }
    }

    @Test
    void refersOnlyToWhatItHas() {
        try (TestServer server = TestServer.start()) {
            String description = server.get("/openapi.yaml").body();
            Matcher references = Pattern.compile("#/components/(\\w+)/(\\w+)").matcher(description);
            List<String> missing = references
                    .results()
                    .filter(reference -> !Pattern.compile("^ {4}" + reference.group(2) + ":", Pattern.MULTILINE)
                            .matcher(description)
                            .find())
                    .map(reference -> reference.group())
                    .toList();
            assertThat(missing).isEmpty();
        }
    }

    private static TreeSet<String> described(String description) {
        TreeSet<String> described = new TreeSet<>();
        String path = "";
        Matcher lines = LINE.matcher(description);
        while (lines.find()) {
            if (lines.group(1) != null) {
                path = lines.group(1);
            } else {
                described.add(lines.group(2).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return described;
    }
}
