package io.holdfast.sources.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document, of which JSON is a part, from the parser's events, so that nothing is ever built but texts, lists and
 * groups of keys. Anchors, aliases, tags, a second document, a key that stands twice, and nesting beyond {@value #DEPTH_MAX} are refused.
 * For one reading.
 */
public final class YamlText {

    private static final int DEPTH_MAX = 8;

    private final Iterator<Event> events;

    private YamlText(String text) {
        // JSON may be indented by tabs, YAML may not; inside JSON's strings a tab is always escaped.
        String spaced = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
        this.events = new Parse(LoadSettings.builder().setLabel("the mapping").build())
                .parseString(spaced)
                .iterator();
    }

    /**
     * Reads a text.
     *
     * @throws YamlRefusedException if it is anything else
     */
    public static YamlTree read(String text) {
        try {
            return new YamlText(text).document();
        } catch (MarkedYamlEngineException malformed) {
            int line = malformed.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new YamlRefusedException(line, "it is no YAML here: " + malformed.getProblem());
        } catch (YamlEngineException malformed) {
            throw new YamlRefusedException(1, "it is no YAML: " + malformed.getMessage());
        }
    }

    private YamlTree document() {
        events.next(); // the stream begins
        Event start = events.next();
        if (start.getEventId() != Event.ID.DocumentStart) {
            throw new YamlRefusedException(1, "it is empty");
        }
        YamlTree tree = tree(events.next(), 0);
        events.next(); // the document ends
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new YamlRefusedException(line(after), "a second document begins; leave it out");
        }
        return tree;
    }

    private YamlTree tree(Event event, int depth) {
        int line = line(event);
        if (depth > DEPTH_MAX) {
            throw new YamlRefusedException(line, "it is nested deeper than " + DEPTH_MAX + " levels");
        }
        plain(event, line);
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, line);
            case SequenceStart -> items(line, depth);
            case MappingStart -> members(line, depth);
            case Alias, Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
                throw new YamlRefusedException(line, "something is missing here");
        };
    }

    private static void plain(Event event, int line) {
        Optional<?> tag = event instanceof ScalarEvent scalar ? scalar.getTag() : tagOf(event);
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw new YamlRefusedException(
                    line, "anchors (&) and aliases (*) are not taken; write the value out, or put it in quotes");
        }
        if (tag.isPresent()) {
            throw new YamlRefusedException(line, "tags (!) are not taken; leave it out, or put the value in quotes");
        }
    }

    private static Optional<?> tagOf(Event event) {
        return event instanceof org.snakeyaml.engine.v2.events.CollectionStartEvent start
                ? start.getTag()
                : Optional.empty();
    }

    private static YamlTree.Scalar scalar(ScalarEvent event, int line) {
        return new YamlTree.Scalar(line, event.getValue(), event.getScalarStyle() != ScalarStyle.PLAIN);
    }

    private YamlTree items(int line, int depth) {
        List<YamlTree> items = new ArrayList<>();
        for (Event each = events.next(); each.getEventId() != Event.ID.SequenceEnd; each = events.next()) {
            items.add(tree(each, depth + 1));
        }
        return new YamlTree.Items(line, items);
    }

    private YamlTree members(int line, int depth) {
        List<YamlTree.Member> members = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Event each = events.next(); each.getEventId() != Event.ID.MappingEnd; each = events.next()) {
            if (!(tree(each, depth + 1) instanceof YamlTree.Scalar key)) {
                throw new YamlRefusedException(line(each), "a key is a text");
            }
            if (!keys.add(key.text())) {
                throw new YamlRefusedException(
                        key.line(), "'" + key.text() + "' stands here a second time; leave one out");
            }
            members.add(new YamlTree.Member(key.line(), key.text(), tree(events.next(), depth + 1)));
        }
        return new YamlTree.Members(line, members);
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
