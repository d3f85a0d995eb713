package io.holdfast.cli.schema;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says whether a file is a sound schema, or everything that is wrong with it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a schema file and reports everything that is wrong with it.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast schema check journal.json", "  holdfast schema check journal.json --json"})
public final class SchemaCheckCommand implements Operation {

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The schema, as JSON.")
    private Path file;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public SchemaCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        Schema schema = SchemaFile.read(file);
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("name", schema.name());
                json.writeNumberProperty("version", schema.version());
                json.writeObjectPropertyStart("collections");
                schema.collections()
                        .forEach((name, collection) -> json.writeNumberProperty(
                                name, collection.fields().size()));
                json.writeEndObject();
            });
        } else {
            terminal.out()
                    .println("The schema " + schema.name() + ", version " + schema.version() + ", is sound: "
                            + described(schema) + ".");
        }
        return ExitCode.FINE;
    }

    private static String described(Schema schema) {
        List<String> collections = schema.collections().entrySet().stream()
                .map(SchemaCheckCommand::described)
                .toList();
        return String.join(", ", collections);
    }

    private static String described(Map.Entry<String, CollectionSchema> collection) {
        int fields = collection.getValue().fields().size();
        return collection.getKey() + " with " + fields + (fields == 1 ? " field" : " fields");
    }
}
