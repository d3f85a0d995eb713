package io.holdfast.apikit;

import io.holdfast.core.json.JsonTree;
import java.util.List;
import java.util.Map;

/** JSON text in which one value is replaced by any text, be it JSON or not, or left out. Stateless. */
final class JsonEdit {

    /** Stands for leaving the value out. */
    static final String LEFT_OUT = "";

    private JsonEdit() {}

    /**
     * The text of a tree with the value at a path replaced; a member that is not there is added.
     *
     * @param path names of members; empty for the whole
     */
    static String with(JsonTree tree, List<String> path, String replacement) {
        StringBuilder out = new StringBuilder();
        write(tree, path, replacement, out);
        return out.toString();
    }

    private static void write(JsonTree tree, List<String> path, String replacement, StringBuilder out) {
        if (path.isEmpty()) {
            out.append(replacement);
            return;
        }
        String name = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        boolean last = rest.isEmpty();
        String separator = "{";
        boolean written = false;
        for (Map.Entry<String, JsonTree> member : ApiDescription.members(tree).entrySet()) {
            boolean here = member.getKey().equals(name);
            written |= here;
            if (here && last && replacement.equals(LEFT_OUT)) {
                continue;
            }
            out.append(separator).append('"').append(member.getKey()).append("\":");
            if (here) {
                write(member.getValue(), rest, replacement, out);
            } else {
                plain(member.getValue(), out);
            }
            separator = ",";
        }
        if (!written && last && !replacement.equals(LEFT_OUT)) {
            out.append(separator).append('"').append(name).append("\":").append(replacement);
            separator = ",";
        }
        out.append(separator.equals("{") ? "{}" : "}");
    }

    /** The text of a tree, in the order it was read. */
    static String plain(JsonTree tree) {
        StringBuilder out = new StringBuilder();
        plain(tree, out);
        return out.toString();
    }

    private static void plain(JsonTree tree, StringBuilder out) {
        switch (tree) {
            case JsonTree.Members object -> {
                String separator = "{";
                for (Map.Entry<String, JsonTree> member : object.members().entrySet()) {
                    out.append(separator).append('"').append(member.getKey()).append("\":");
                    plain(member.getValue(), out);
                    separator = ",";
                }
                out.append(object.members().isEmpty() ? "{}" : "}");
            }
            case JsonTree.Elements array -> {
                out.append('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    plain(array.elements().get(i), out);
                }
                out.append(']');
            }
            case JsonTree.Text text -> out.append('"').append(text.text()).append('"');
            case JsonTree.Numeral number -> out.append(number.literal());
            case JsonTree.Bool bool -> out.append(bool.flag());
            case JsonTree.Null ignored -> out.append("null");
        }
    }
}
