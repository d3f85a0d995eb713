package io.holdfast.core.protocol.transcript;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Work;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** The script of the recorded conversation: a phone and a laptop of one person, and everything that can become of them. */
final class Conversation {

    static final String SCOPE = "alice";
    private static final Principal ALICE = new Principal("alice", Role.DEVICE);
    private static final String NONCE = "000102030405060708090a0b0c0d0e0f";

    private final Schema schema;
    private final ScriptedServer server;
    private final ScriptedDevice phone;
    private final ScriptedDevice laptop;
    private final List<TranscriptFile> files = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private long now = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();

    Conversation(Schema schema) {
        this.schema = schema;
        this.server = new ScriptedServer(schema);
        this.phone = new ScriptedDevice(schema, "phone", 0x1111_1111_1111_1111L, this);
        this.laptop = new ScriptedDevice(schema, "laptop", 0xeeee_eeee_eeee_eeeeL, this);
    }

    Schema schema() {
        return schema;
    }

    static RecordKey key(String id) {
        return new RecordKey("entries", id);
    }

    long tick(long millis) {
        now += millis;
        return now;
    }

    String call(String title, String path, String request) {
        String answer = server.answer(path, ALICE, now, request);
        steps.add(new Step.Call(title, now, ALICE, path, request, answer));
        return answer;
    }

    private void happen(String title, Step.Happening happening) {
        server.happen(happening);
        steps.add(new Step.Event(title, happening));
    }

    private void file(String name) {
        files.add(new TranscriptFile(name + ".json", steps));
        steps = new ArrayList<>();
    }

    /** Plays the script. */
    List<TranscriptFile> play() {
        register();
        push();
        pull();
        conflict();
        refuse();
        delete();
        fork();
        restore();
        reconcile();
        challenge();
        return files;
    }

    private void register() {
        phone.say("the phone registers, and so brings the scope into being", new Work.Exchange());
        laptop.say("the laptop registers", new Work.Exchange());
        file("01-register");
    }

    private void push() {
        phone.put("morning", everyKind());
        phone.write(writer -> {
            writer.put(key("noon"), Map.of("account", text("home")), LocalWriter.Check.NONE);
            writer.put(key("night"), Map.of("account", text("home")), LocalWriter.Check.NONE);
        });
        phone.sayInVain("the phone pushes a record and a transaction of two; the answer is lost");
        phone.say("the phone sends the same batch again and gets the same results", new Work.Exchange());
        phone.say("the phone has nothing to push: level", new Work.Exchange());
        file("02-push");
    }

    private static Map<String, FieldEdit> everyKind() {
        return Map.ofEntries(
                Map.entry("account", text("work \"Grüße\" \uD83D\uDE00")),
                Map.entry("amount", value(new Value.Decimal(new BigDecimal("12.50000000")))),
                Map.entry("at", value(new Value.Time(1_795_154_400_000_000L))),
                Map.entry("done", value(new Value.Bool(true))),
                Map.entry("extra", value(new Value.Json("{\"a\":[1,null]}"))),
                Map.entry("length", value(new Value.Span(-90_000_000L))),
                Map.entry("notes", value(Value.NULL)),
                Map.entry("photo", value(new Value.Bytes(new byte[] {0, (byte) 0xff}))),
                Map.entry("potency", value(new Value.Int(7))),
                Map.entry("status", text("open")),
                Map.entry("tags", new FieldEdit.Amend(Set.of("red", "blue"), Set.of())),
                Map.entry("views", new FieldEdit.Add(3)),
                Map.entry("weight", value(new Value.Real(0.1))));
    }

    private void pull() {
        laptop.page(2);
        laptop.say("the laptop pulls at most two records: the answer is not complete", new Work.Exchange());
        laptop.page(4_000);
        laptop.say("the laptop pulls the rest, with the fingerprint", new Work.Exchange());
        file("03-pull");
    }

    private void conflict() {
        laptop.put("morning", Map.of("notes", text("written first, sent last"), "views", new FieldEdit.Add(1)));
        laptop.put("noon", Map.of("amount", decimal("2.00000000"), "status", text("closed")));
        laptop.put("night", Map.of("potency", value(new Value.Int(1))));
        phone.put("morning", Map.of("notes", text("written last, sent first")));
        phone.put("noon", Map.of("amount", decimal("1.00000000"), "status", text("waiting")));
        phone.put("night", Map.of("done", value(new Value.Bool(false))));
        phone.say("the phone edits three records: ACCEPTED", new Work.Exchange());
        laptop.say(
                "the laptop edited the same: notes lost by stamp, amount and status by decision, the rest MERGED",
                new Work.Exchange());
        phone.level("the phone pulls what became of it, and the review of the lost status");
        file("04-conflict");
    }

    private void refuse() {
        phone.write(writer -> {
            writer.put(key("noon"), Map.of("potency", value(new Value.Int(99))), LocalWriter.Check.NONE);
            writer.put(key("night"), Map.of("notes", text("fine")), LocalWriter.Check.NONE);
        });
        phone.say("a number out of range: REFUSED, and with it the rest of its transaction", new Work.Exchange());
        phone.put("noon", Map.of("potency", value(new Value.Int(9))));
        phone.level("the number is corrected: both changes go");
        laptop.clockAhead(120_000);
        laptop.put("morning", Map.of("potency", value(new Value.Int(8))));
        laptop.say("the laptop's clock runs two minutes ahead, and it does not know: REFUSED", new Work.Exchange());
        laptop.clockAhead(0);
        laptop.level("its clock is right again: it freezes the edit anew");
        file("05-refuse");
    }

    private void delete() {
        phone.delete("morning");
        phone.level("the phone deletes the record");
        laptop.level("the laptop pulls the tombstone");
        file("06-delete");
    }

    private void fork() {
        ScriptedDevice copy = phone.copy("phone-copy", 0x2222_2222_2222_2222L);
        phone.put("night", Map.of("weight", value(new Value.Real(1.5))));
        phone.level("the phone goes on");
        copy.put("night", Map.of("views", new FieldEdit.Add(10)));
        copy.say("a copy of the phone's store, opened elsewhere: UNREGISTERED", new Work.Exchange());
        copy.say("it registers its opening", new Work.Exchange());
        copy.say("it sends a batch after one that is no longer the last: FORKED", new Work.Exchange());
        copy.say("it registers under a new id", new Work.Exchange());
        copy.level("it sends the change again");
        phone.level("the phone pulls it");
        file("07-fork");
    }

    private void restore() {
        happen("a backup is taken", Step.Happening.BACKUP);
        phone.put("evening", Map.of("account", text("home"), "amount", decimal("5.00000000")));
        phone.level("the phone pushes a record after the backup");
        happen("the backup is restored: the record is gone", Step.Happening.RESTORE);
        phone.say("the phone's cursor is unknown: nothing can be compared", new Work.CompareNodes(""));
        phone.say("EPOCH_CHANGED, and where both sides last agreed", new Work.Exchange());
        phone.say("the phone registers under a new id", new Work.Exchange());
        phone.level("the phone offers what the server lost");
        laptop.level("the laptop pulls it in the new epoch");
        file("08-restore");
    }

    private void reconcile() {
        phone.lose("noon");
        phone.say("the phone lost a row: the fingerprints differ", new Work.Exchange());
        Outcome nodes = phone.say("which nodes differ?", new Work.CompareNodes(""));
        phone.say("which records differ?", new Work.CompareLeaves("", leaves(nodes)));
        phone.say("repaired: the fingerprints are equal", new Work.Exchange());
        file("09-reconcile");
    }

    private void challenge() {
        laptop.damage("night", Conversation::withOtherAccount);
        Outcome nodes = laptop.say("a challenge over the actual rows", new Work.CompareNodes(NONCE));
        laptop.say("one row is not what its digest says", new Work.CompareLeaves(NONCE, leaves(nodes)));
        file("10-challenge");
    }

    private static RecordState withOtherAccount(RecordState state) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        cells.put("account", new Cell(new Value.Text("hom"), state.stamp("account")));
        return new RecordState(cells, state.deleted());
    }

    private static SortedSet<Integer> leaves(Outcome outcome) {
        return ((Outcome.NodesCompared) outcome).leaves();
    }

    private static FieldEdit text(String text) {
        return value(new Value.Text(text));
    }

    private static FieldEdit decimal(String number) {
        return value(new Value.Decimal(new BigDecimal(number)));
    }

    private static FieldEdit value(Value value) {
        return new FieldEdit.Assign(value);
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
