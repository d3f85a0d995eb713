package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Documents as a table for people, or as one line each for programs; printed as they come. Not thread-safe. */
final class TreeRows implements Consumer<JsonTree> {

    /** Rows that are seen before the table's columns get their widths. */
    private static final int STEP = 200;

    private final Terminal terminal;
    private final boolean json;
    private final List<String> members;
    private final TextTable table;
    private long count;

    /** @param members shown in the table, under their names */
    TreeRows(Terminal terminal, boolean json, List<String> members) {
        this.terminal = terminal;
        this.json = json;
        this.members = members;
        this.table = new TextTable(members);
    }

    @Override
    public void accept(JsonTree document) {
        count++;
        if (json) {
            terminal.out().print(CanonicalJson.of(document) + '\n');
            return;
        }
        table.add(members.stream().map(member -> text(document, member)).toList());
        if (table.size() >= STEP) {
            table.print(terminal.out());
        }
    }

    /** Prints what is left, or a sentence if there was nothing. */
    void end(String nothing) {
        if (json) {
            return;
        }
        if (count == 0) {
            terminal.out().println(nothing);
        } else {
            table.print(terminal.out());
        }
    }

    /** A member of a document as a text; empty if it is not there. */
    static String text(JsonTree document, String member) {
        Map<String, JsonTree> members = document instanceof JsonTree.Members object ? object.members() : Map.of();
        JsonTree value = members.get(member);
        return switch (value) {
            case null -> "";
            case JsonTree.Text text -> text.text();
            case JsonTree.Numeral number -> number.literal();
            case JsonTree other -> CanonicalJson.of(other);
        };
    }
}
