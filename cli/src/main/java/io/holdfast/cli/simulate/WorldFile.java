package io.holdfast.cli.simulate;

import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.schema.SchemaFile;
import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.schema.Schema;
import io.holdfast.simulation.world.Fault;
import io.holdfast.simulation.world.Length;
import io.holdfast.simulation.world.Subject;
import io.holdfast.simulation.world.WorldOptions;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A world that a user describes in a file: whose records it holds, how large it is and what may befall it. */
final class WorldFile {

    private static final Set<String> NAMES =
            Set.of("schema", "upgrade", "rules", "samples", "devices", "records", "steps", "events", "faults");

    private static final int DEVICES_MAX = 20;
    private static final int RECORDS_MAX = 10_000;
    private static final int STEPS_MAX = 100_000;

    /** The most events of a world before its faults stop. */
    static final int EVENTS_MAX = 100_000;

    private static final int WEIGHT_MAX = 10_000;

    private final Path file;
    private final WorldJson json;

    private WorldFile(Path file, WorldJson json) {
        this.file = file;
        this.json = json;
    }

    /**
     * Reads a world; what it does not say is as usual.
     *
     * @throws HoldfastException USAGE if it cannot be read, or says what cannot be
     */
    static WorldOptions read(Path file) {
        byte[] bytes = InputFile.read(file, Limits.SCHEMA_BYTES_MAX);
        try {
            WorldFile world = new WorldFile(file, new WorldJson("", JsonText.read(bytes)));
            return world.options();
        } catch (JsonRefusedException malformed) {
            throw refused(file, malformed.detail());
        } catch (IllegalArgumentException impossible) {
            throw refused(file, String.valueOf(impossible.getMessage()));
        } catch (HoldfastException schema) {
            throw refused(file, String.valueOf(schema.getMessage()));
        }
    }

    private static HoldfastException refused(Path file, String why) {
        String sentence = why.endsWith(".") ? why : why + ".";
        return new HoldfastException(
                ErrorCode.USAGE, "The world " + file + " cannot be run: " + sentence, Map.of("file", file.toString()));
    }

    private WorldOptions options() {
        json.requireOnly(NAMES);
        WorldOptions usual = WorldOptions.defaults();
        WorldOptions sized = usual.withSize(
                json.number("devices", 1, DEVICES_MAX, usual.devices()),
                json.number("records", 1, RECORDS_MAX, usual.records()),
                length(usual.length()));
        WorldOptions faulty = json.has("faults") ? sized.withFaults(faults()) : sized;
        return json.has("schema") ? faulty.about(subject()) : faulty;
    }

    private Length length(Length usual) {
        if (json.has("steps") && json.has("events")) {
            throw new IllegalArgumentException(
                    "a world is as long as its steps or its events say: leave one of them out");
        }
        if (json.has("events")) {
            return Length.events(json.number("events", 1, EVENTS_MAX, 0));
        }
        return json.has("steps") ? Length.steps(json.number("steps", 1, STEPS_MAX, 0)) : usual;
    }

    private Map<Fault, Integer> faults() {
        WorldJson given = json.member("faults");
        Map<Fault, Integer> weights = new EnumMap<>(Fault.class);
        for (String name : given.names()) {
            Fault fault = WorldJson.choice(Fault.class, name, "fault");
            int weight = given.number(name, 0, WEIGHT_MAX, 0);
            if (weight > 0) {
                weights.put(fault, weight);
            }
        }
        return weights;
    }

    private Subject subject() {
        Schema schema = schema("schema");
        Schema next = json.has("upgrade") ? schema("upgrade") : Subject.upgraded(schema);
        return new Subject(schema, next, samples(schema), rules(schema));
    }

    private Schema schema(String name) {
        return SchemaFile.read(file.resolveSibling(json.text(name)));
    }

    private WriteRules rules(Schema schema) {
        WriteRules all = (principal, change, before, after) -> Optional.empty();
        for (WorldJson rule : json.has("rules") ? json.member("rules").elements() : List.<WorldJson>of()) {
            all = all.and(rule.rule(schema));
        }
        return all;
    }

    private Map<String, List<String>> samples(Schema schema) {
        Map<String, List<String>> samples = new HashMap<>();
        if (json.has("samples")) {
            WorldJson given = json.member("samples");
            for (String path : given.names()) {
                WorldJson.requireField(schema, path);
                samples.put(
                        path,
                        given.member(path).elements().stream()
                                .map(WorldJson::text)
                                .toList());
            }
        }
        return samples;
    }
}
