package io.github.djlctc.host;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.nio.ByteOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Values of arrays of any type and layout come to Java, and nothing is left behind. */
class HostArraysTest extends ArrayTest {

    @CountsArrays
    void convertsEveryTypeOfNumbers() {
        for (DataType type :
                new DataType[] {
                    DataType.FLOAT16,
                    DataType.FLOAT32,
                    DataType.FLOAT64,
                    DataType.INT8,
                    DataType.UINT8,
                    DataType.INT32,
                    DataType.INT64
                }) {
            try (NDArray wide = manager.create(new float[] {0, 1, 100});
                    NDArray array = wide.toType(type, true)) {
                int arrays = manager.getManagedArrays().size();
                assertThat(HostArrays.readFloats(array)).containsExactly(0, 1, 100);
                assertThat(HostArrays.readDoubles(array)).containsExactly(0, 1, 100);
                assertThat(HostArrays.readLongs(array)).containsExactly(0, 1, 100);
                assertThat(HostArrays.readBytes(array).remaining())
                        .isEqualTo(3 * type.getNumOfBytes());
                assertThat(manager.getManagedArrays()).hasSize(arrays);
            }
        }
    }

    @CountsArrays
    void readsArraysThatAreNotContiguous() {
        NDArray array = manager.create(new long[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
        try (NDArray turned = array.swapAxes(0, 1)) {
            int arrays = manager.getManagedArrays().size();
            assertThat(HostArrays.readLongs(turned)).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(HostArrays.readBytes(turned).order(ByteOrder.nativeOrder()).getLong(8))
                    .isEqualTo(4);
            assertThat(manager.getManagedArrays()).hasSize(arrays);
        }
    }

    @Test
    void readsEmptyArraysAndScalars() {
        assertThat(HostArrays.readFloats(manager.zeros(new Shape(2, 0)))).isEmpty();
        assertThat(HostArrays.readScalar(manager.create(3.5f))).isEqualTo(3.5);
        assertThat(HostArrays.readScalar(manager.create(new long[] {7}))).isEqualTo(7);
        assertThatThrownBy(() -> HostArrays.readScalar(manager.zeros(new Shape(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(2)");
    }

    /** DJL's native code ends the JVM when it reads them. */
    @Test
    void refusesStrings() {
        NDArray words = manager.create(new String[] {"a"});
        assertThatThrownBy(() -> HostArrays.readBytes(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("string");
    }

    /** DJL brings an array to another device in a manager that it makes for it. */
    @Test
    void closesTheManagerOfATransferToo() {
        NDManager[] made = new NDManager[1];
        NDArray values = manager.create(new float[] {1, 2});
        NDArray elsewhere =
                (NDArray)
                        Proxy.newProxyInstance(
                                NDArray.class.getClassLoader(),
                                new Class<?>[] {NDArray.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "getManager" -> manager;
                                            case "getDataType" -> DataType.FLOAT32;
                                            case "toDevice" -> {
                                                assertThat(arguments[0]).isEqualTo(Device.cpu());
                                                made[0] = manager.newSubManager(Device.cpu());
                                                NDArray copy = values.duplicate();
                                                copy.attach(made[0]);
                                                yield copy;
                                            }
                                            default ->
                                                    throw new UnsupportedOperationException(
                                                            method.getName());
                                        });
        assertThat(HostArrays.readFloats(elsewhere)).containsExactly(1, 2);
        assertThat(made[0].isOpen()).isFalse();
        assertThat(manager.isOpen()).isTrue();
    }

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @Test
    void createsArraysOnTheCpuThatTheirManagerOwns() {
        try (NDManager owner = NDManager.newBaseManager()) {
            NDArray array =
                    HostArrays.create(owner, new long[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
            assertThat(array.getDevice()).isEqualTo(Device.cpu());
            assertThat(array.getManager()).isSameAs(owner);
            assertThat(array.getShape()).isEqualTo(new Shape(2, 3));
            assertThat(HostArrays.readLongs(array)).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(owner.getManagedArrays()).containsExactly(array);
        }
    }
}
