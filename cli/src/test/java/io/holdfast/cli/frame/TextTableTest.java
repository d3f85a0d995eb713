package io.holdfast.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private final RecordedTerminal recorded = RecordedTerminal.unwatched();

    @Test
    void makesColumnsAsWideAsTheirWidestCell() {
        assertThat(printed(List.of("id", "note"), List.of(List.of("long-id", "a"), List.of("b", ""))))
                .isEqualTo("id       note\n-------  ----\nlong-id  a\nb\n");
    }

    @Test
    void cutsLongCellsWithoutHalvingACharacter() {
        String shown = printed(List.of("note"), List.of(List.of("😀".repeat(TextTable.CELL_MAX + 1))));
        assertThat(shown).endsWith("\n" + "😀".repeat(TextTable.CELL_MAX - 1) + "…\n");
    }

    @Test
    void cutsNoSentence() {
        String sentence = "x".repeat(10 * TextTable.CELL_MAX) + ".";
        TextTable table = TextTable.ofSentences(List.of("code", "what to do"));
        table.add(List.of("x".repeat(TextTable.CELL_MAX + 1), sentence + "\u001b[2J"));
        table.print(recorded.terminal().out());
        assertThat(recorded.out())
                .contains("  " + "-".repeat(TextTable.CELL_MAX) + "\n")
                .endsWith("x…  " + sentence + " [2J\n");
    }

    @Test
    void keepsValuesFromMovingTheCursor() {
        assertThat(printed(List.of("note"), List.of(List.of("a\u001b[2Jb\nc")))).endsWith("\na [2Jb c\n");
    }

    private String printed(List<String> heads, List<List<String>> rows) {
        TextTable table = new TextTable(heads);
        rows.forEach(table::add);
        table.print(recorded.terminal().out());
        return recorded.out();
    }
}
