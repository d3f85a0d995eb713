package io.holdfast.earnings;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What may happen to a file that nobody has open. */
sealed interface FileDamage {

    /** Bytes are overwritten somewhere. */
    record Overwritten(double where, int length, int with) implements FileDamage {}

    /** The end is cut off. */
    record Cut(double where) implements FileDamage {}

    /** Another program changed rows. */
    record Statements(String sql) implements FileDamage {}

    /** Anywhere in the file. */
    static Gen<FileDamage> bytes() {
        return Gens.frequency(
                Gens.weighted(
                        5,
                        Gens.longs(0, 9_999)
                                .flatMap(where -> Gens.ints(1, 6_000)
                                        .flatMap(length -> Gens.ints(0, 255).map(with ->
                                                (FileDamage) new Overwritten(where / 10_000.0, length, with))))),
                Gens.weighted(1, Gens.longs(0, 9_999).map(where -> (FileDamage) new Cut(where / 10_000.0))));
    }

    /** In what is stored. */
    static Gen<FileDamage> rows() {
        return Gens.pick(
                new Statements("UPDATE mining_sessions SET earned = earned + 1"),
                new Statements("UPDATE mining_sessions SET user_id = 'bob'"),
                new Statements("DELETE FROM mining_sessions"),
                new Statements("UPDATE user_earnings SET current_earnings = 900000000"),
                new Statements("UPDATE _hf_head SET digest = randomblob(32)"),
                new Statements("DELETE FROM _hf_head WHERE id = 'ann'"),
                new Statements("UPDATE mining_settlements SET granted = 0, held = 5"));
    }

    /** Does it. */
    default void to(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            switch (this) {
                case Overwritten over -> {
                    long at = (long) (over.where * channel.size());
                    byte[] bytes = new byte[(int) Math.min(over.length, channel.size() - at)];
                    java.util.Arrays.fill(bytes, (byte) over.with);
                    channel.write(ByteBuffer.wrap(bytes), at);
                }
                case Cut cut -> channel.truncate((long) (cut.where * channel.size()));
                case Statements statements -> run(file, statements.sql);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path file, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
