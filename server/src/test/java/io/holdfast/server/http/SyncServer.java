package io.holdfast.server.http;

import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.archive.Archive;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.operations.Operations;
import io.holdfast.server.operations.RunServices;
import io.holdfast.server.operations.SourceOpener;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import io.holdfast.sources.google.GoogleSheets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real server with runs of a real sheet, over a real database. */
final class SyncServer implements AutoCloseable {

    private static final long MEMORY = 64L << 20;

    private static final String MAPPING = """
            target: sellers
            fields:
              number: {column: No, type: TEXT, format: "S-[0-9]+"}
              name:   {column: Name, type: TEXT, required: true}
            key: [number]
            """;

    final Database database;
    final Operations operations;
    final RunServices services;
    final TestServer server;
    private final Path folder;

    SyncServer(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
        Machine machine = Machine.real();
        this.operations = Operations.of(
                database,
                machine,
                (mail, settings) -> Optional.of("nobody takes mail here"),
                new Archive(database, folder.resolve("archive"), machine.clock()));
        RunTools tools = new RunTools(operations.journal(), machine, ThisProcess.pause(), folder);
        this.services = new RunServices(database, operations, tools, new SourceOpener(MEMORY, SyncServer::noGoogle));
        Foundation foundation = new Foundation(
                SqlServerStorage.open(database, List.of(TestServer.SCHEMA)),
                new InMemoryTokenStorage(),
                List.of(TestServer.SCHEMA),
                WriteRules.OPEN,
                machine);
        Quotas quotas = Quotas.defaults().withRequestsPerMinute(1_000_000).withFailuresPerMinute(1_000_000);
        this.server = TestServer.start(TestServer.config().withQuotas(quotas), foundation.running(services));
        writes("mapping.yaml", MAPPING);
    }

    private static GoogleSheets noGoogle() {
        throw new IllegalStateException("nobody reads spreadsheets here");
    }

    void writes(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sheet of sellers, and the settings of a source that reads it into the scope shop. */
    String source(String name, String rows) {
        writes(name + ".csv", "No,Name\n" + rows);
        return """
                {"name": "%s", "location": "%s", "mapping": "%s", "scope": "shop"}""".formatted(name, folder.resolve(name + ".csv"), folder.resolve("mapping.yaml"));
    }

    HttpResponse<String> put(String path, String token, String body, String... headers) {
        HttpRequest.Builder request = server.request(path, token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.send(request.build());
    }

    /** Sends a POST without a body. */
    HttpResponse<String> post(String path, String token) {
        return server.send(server.request(path, token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    static JsonTree at(String json, String... path) {
        JsonTree tree = JsonText.read(json);
        for (String name : path) {
            tree = tree instanceof JsonTree.Members object
                    ? object.members().getOrDefault(name, new JsonTree.Null())
                    : new JsonTree.Null();
        }
        return tree;
    }

    static String text(HttpResponse<String> answer, String... path) {
        return text(answer.body(), path);
    }

    static String text(String json, String... path) {
        return switch (at(json, path)) {
            case JsonTree.Text text -> text.text();
            case JsonTree.Numeral number -> number.literal();
            case JsonTree.Bool flag -> Boolean.toString(flag.flag());
            case JsonTree other -> other.kind();
        };
    }

    static List<JsonTree> list(HttpResponse<String> answer, String... path) {
        return at(answer.body(), path) instanceof JsonTree.Elements list ? list.elements() : List.of();
    }

    /** The texts of one member of each object in a list. */
    static List<String> texts(HttpResponse<String> answer, String member, String... path) {
        return list(answer, path).stream()
                .map(one -> one instanceof JsonTree.Members object
                                && object.members().get(member) instanceof JsonTree.Text text
                        ? text.text()
                        : "none")
                .toList();
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
