package io.github.djlctc.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls the public constructors, static methods and builder methods of a package with null for one
 * argument after the other. Each should be a {@link NullPointerException} whose message is a name,
 * and not the virtual machine's, which tells of code that the caller does not know.
 */
public final class NullArguments {

    /** Arguments of each type for the other parameters of a call. */
    private final Map<Class<?>, Object> samples = new HashMap<>();

    /**
     * Knows JDK types, arrays, enums and interfaces by itself.
     *
     * @param samples an object of each other class that is a parameter
     */
    public NullArguments(Object... samples) {
        put(boolean.class, true);
        put(int.class, 1);
        put(long.class, 1L);
        put(float.class, 1f);
        put(double.class, 1d);
        put(String.class, "a");
        put(Path.class, Path.of("nowhere", "a"));
        put(List.class, List.of());
        put(Collection.class, List.of());
        put(Map.class, Map.of());
        put(Optional.class, Optional.empty());
        put(Class.class, Object.class);
        Stream.of(samples).forEach(sample -> put(sample.getClass(), sample));
    }

    private void put(Class<?> type, Object sample) {
        samples.put(type, sample);
    }

    /**
     * Makes the calls.
     *
     * @param member a class of the package, in a folder of class files
     * @return the calls that took null or did not name the argument, each with what it did
     */
    public List<String> notNamed(Class<?> member) {
        return classesBeside(member).flatMap(this::calls).toList();
    }

    private static Stream<Class<?>> classesBeside(Class<?> member) {
        String packageName = member.getPackageName();
        try {
            Path root = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
                List<String> names =
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> name.endsWith(".class") && !name.contains("-"))
                                .map(name -> name.substring(0, name.length() - 6))
                                .sorted()
                                .toList();
                return names.stream()
                        .<Class<?>>map(name -> load(packageName + "." + name))
                        .filter(NullArguments::isForUsers);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isForUsers(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers())
                && !Throwable.class.isAssignableFrom(type)
                && !type.isEnum()
                && (outer == null || isForUsers(outer));
    }

    private Stream<String> calls(Class<?> type) {
        List<Executable> calls = new ArrayList<>();
        if (!Modifier.isAbstract(type.getModifiers())) {
            calls.addAll(List.of(type.getConstructors()));
        }
        boolean builds = type.getSimpleName().equals("Builder");
        for (Method method : type.getDeclaredMethods()) {
            boolean isStatic = Modifier.isStatic(method.getModifiers());
            if (Modifier.isPublic(method.getModifiers())
                    && !method.isSynthetic()
                    && (isStatic || builds)) {
                calls.add(method);
            }
        }
        return calls.stream().flatMap(call -> calls(type, call));
    }

    private Stream<String> calls(Class<?> type, Executable call) {
        List<String> wrong = new ArrayList<>();
        Class<?>[] parameters = call.getParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].isPrimitive()) {
                Object[] arguments = Arrays.stream(parameters).map(this::sample).toArray();
                arguments[i] = null;
                String outcome = outcome(type, call, arguments);
                if (!outcome.matches("[a-zA-Z]+")) {
                    wrong.add(signature(type, call) + ", argument " + i + ": " + outcome);
                }
            }
        }
        return wrong.stream();
    }

    private static String signature(Class<?> type, Executable call) {
        return Arrays.stream(call.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(
                        Collectors.joining(
                                ", ",
                                type.getSimpleName()
                                        + (call instanceof Method ? "." + call.getName() : "")
                                        + "(",
                                ")"));
    }

    private Object sample(Class<?> type) {
        return samples.computeIfAbsent(type, NullArguments::make);
    }

    private static Object make(Class<?> type) {
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 1);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader() == null
                            ? NullArguments.class.getClassLoader()
                            : type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> {
                        throw new UnsupportedOperationException(method.getName());
                    });
        }
        for (Field field : type.getFields()) {
            if (field.getType() == type) {
                return value(field);
            }
        }
        throw new IllegalStateException("give a sample of " + type);
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the message if it is the right exception, else what it was. */
    private static String outcome(Class<?> type, Executable call, Object[] arguments) {
        try {
            if (call instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                Object builder =
                        Modifier.isStatic(call.getModifiers())
                                ? null
                                : type.getEnclosingClass().getMethod("builder").invoke(null);
                ((Method) call).invoke(builder, arguments);
            }
            return "no exception";
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof NullPointerException cause
                    ? cause.getMessage() == null ? "no message" : cause.getMessage()
                    : e.getCause().toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
