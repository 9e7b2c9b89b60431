package io.github.djlctc.host;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * A test that counts arrays. It runs twice: plainly, and while every read of an array copies it, as
 * reading from a GPU does, so that what a transfer leaves behind there is counted on the CPU.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(CountsArrays.BothWays.class)
public @interface CountsArrays {

    /** Gives the two invocations. */
    final class BothWays implements TestTemplateInvocationContextProvider {

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
                ExtensionContext context) {
            return Stream.of(Reading.values()).map(Invocation::new);
        }
    }

    /** One of the ways to read arrays. */
    record Invocation(Reading reading) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return reading.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            BeforeEachCallback before =
                    context -> HostArrays.setCopyingAlways(reading == Reading.FROM_COPIES);
            AfterEachCallback after = context -> HostArrays.setCopyingAlways(false);
            return List.of(before, after);
        }
    }
}
