package io.holdfast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that this command was built as. */
public final class Version implements IVersionProvider {

    private static final String RESOURCE = "version.properties";

    /** The version of the build, for example {@code 0.1.0}. */
    public static String built() {
        Properties properties = new Properties();
        try (InputStream resource =
                Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), "the build wrote no " + RESOURCE)) {
            properties.load(resource);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Objects.requireNonNull(properties.getProperty("version"));
    }

    @Override
    public String[] getVersion() {
        return new String[] {"holdfast " + built()};
    }
}
