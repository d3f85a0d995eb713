package io.holdfast.server.audit;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.util.Map;
import java.util.TreeMap;

/** What there is to know of an event, as one JSON object of texts. Stateless. */
final class EventDetail {

    private EventDetail() {}

    static String text(Map<String, String> detail) {
        TreeMap<String, JsonTree> members = new TreeMap<>();
        detail.forEach((name, value) -> members.put(name, new JsonTree.Text(LogText.of(value, LogText.SENTENCE_MAX))));
        return CanonicalJson.of(new JsonTree.Members(members));
    }

    static Map<String, String> of(String text) {
        TreeMap<String, String> detail = new TreeMap<>();
        if (JsonText.read(text) instanceof JsonTree.Members object) {
            object.members().forEach((name, value) -> {
                if (value instanceof JsonTree.Text word) {
                    detail.put(name, word.text());
                }
            });
        }
        return detail;
    }
}
