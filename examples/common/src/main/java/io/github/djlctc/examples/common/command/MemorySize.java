package io.github.djlctc.examples.common.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory, such as {@code 512M} or {@code 2G}.
 *
 * @param bytes its bytes
 */
public record MemorySize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMGT]?)B?");
    private static final String UNITS = "KMGT";

    /** Reads an option. */
    public static final class Converter implements ITypeConverter<MemorySize> {

        /** Creates the converter; picocli does. */
        public Converter() {}

        @Override
        public MemorySize convert(String value) {
            Matcher form = FORM.matcher(value.toUpperCase(Locale.ROOT));
            if (!form.matches()) {
                throw new TypeConversionException(
                        "\"" + value + "\" is no amount of memory; write 512M or 2G");
            }
            int shift = 10 * (form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2)) + 1);
            return new MemorySize(Long.parseLong(form.group(1)) << shift);
        }
    }
}
