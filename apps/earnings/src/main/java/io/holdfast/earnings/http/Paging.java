package io.holdfast.earnings.http;

import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.json.JsonText;
import io.holdfast.earnings.office.Documents;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.office.Reach;
import io.holdfast.server.auth.Access;
import io.holdfast.server.auth.Token;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.look.Continuation;
import io.holdfast.server.http.problem.HttpRefusal;
import java.io.StringWriter;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/** How lists are asked for and answered. Stateless. */
final class Paging {

    static final int LIMIT_MAX = 1_000;
    static final int LIMIT_DEFAULT = 100;

    /** Stands in no name of a scope. */
    private static final char SEPARATOR = '\n';

    private Paging() {}

    static int limit(Call call) {
        return call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    }

    /** The last id of the page before, within one user. */
    static String afterId(Call call) {
        return Continuation.key(call.query().one("page").orElse(""));
    }

    /** Where the page before ended, over all users. */
    static Place after(Call call) {
        String key = afterId(call);
        if (key.isEmpty()) {
            return Place.START;
        }
        int separator = key.indexOf(SEPARATOR);
        if (separator < 0) {
            throw HttpRefusal.invalid("The parameter page was not given by this address; start without it.");
        }
        return new Place(key.substring(0, separator), key.substring(separator + 1));
    }

    /** What the token covers, or the one user that is asked for. */
    static Reach reach(Call call) {
        Access access = call.access();
        Optional<String> user = call.query().one("user");
        if (user.isPresent()) {
            access.requireScope(user.get());
            TreeSet<String> one = new TreeSet<>();
            one.add(user.get());
            return new Reach.Users(one);
        }
        return reach(access);
    }

    /** What the token covers. */
    static Reach reach(Access access) {
        return access.token().scopes().contains(Token.EVERY_SCOPE)
                ? new Reach.Everybody()
                : new Reach.Users(access.token().scopes());
    }

    static Answer answer(String name, Overview.Page page) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeArrayPropertyStart(name);
            for (PlacedRecord found : page.records()) {
                Documents.write(found.record(), out);
            }
            out.writeEndArray();
            page.next()
                    .ifPresent(next ->
                            out.writeStringProperty("next", Continuation.after(next.scope() + SEPARATOR + next.id())));
            out.writeEndObject();
        }
        return Answer.json(text.toString());
    }
}
