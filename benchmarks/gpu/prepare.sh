#!/usr/bin/env bash
# Collects what check.sh needs on a machine with a GPU and without Java, in benchmarks/target/gpu.
#
#   benchmarks/gpu/prepare.sh DJL
#
# DJL is a folder with DJL's sources of the tag of djl.version in pom.xml:
#   git clone --depth 1 --branch v0.36.0 https://github.com/deepjavalibrary/djl
# Needs a JDK with jmods, Maven, xz. The result, about 50 MiB, goes to the other machine as it is.
set -euo pipefail
fail() { echo "prepare.sh: $1" >&2; exit 2; }
root=$(cd "$(dirname "$0")/../.." && pwd)
[ $# = 1 ] || fail "give the folder of DJL's sources"
djl=$(cd "$1" && pwd) || exit 2
native=$djl/engines/pytorch/pytorch-native/src/main/native
library=$djl/engines/pytorch/pytorch-engine/src/main/java/ai/djl/pytorch/jni/PyTorchLibrary.java
for path in "$native" "$djl/api/src/main/native/djl" "$library"; do
  [ -e "$path" ] || fail "$djl holds no $path: not DJL's sources"
done
javac=$(readlink -f "$(command -v javac)") || fail "there is no javac"
jdk=${javac%/bin/javac}
[ -d "$jdk/jmods" ] || fail "$jdk has no jmods to link a runtime of"
cd "$root"
property() { sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" pom.xml | head -1; }
modules=ctc-loss,examples/speech,benchmarks
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1
junit=$(property junit.version)
# JUnit's platform counts one major version behind Jupiter's.
console=org.junit.platform:junit-platform-console-standalone:1.${junit#5.}
out=$root/benchmarks/target/gpu

echo "== building, and collecting jars without the CPU's native libraries"
mvn -q -B -ntp -DskipTests package
rm -rf "$out"
mkdir -p "$out/lib" "$out/djl/include" "$out/djl/native"
mvn -q -B -ntp -DskipTests -pl "$modules" -am package "$plugin:copy-dependencies" \
  -DincludeScope=test -DoutputDirectory="$out/lib" -DexcludeTypes=pom \
  -DexcludeArtifactIds=pytorch-native-cpu,pytorch-jni -DexcludeGroupIds=org.junit.jupiter,org.junit.platform,com.tngtech.archunit
mvn -q -B -ntp "$plugin:copy" -Dartifact="$console" -DoutputDirectory="$out/lib"
cp benchmarks/target/djl-ctc-benchmarks-*.jar "$out/lib"
for module in ctc-loss examples/speech; do
  mkdir -p "$out/tests/$module"
  cp -R "$module/target/test-classes" "$out/tests/$module"
done

echo "== writing the TorchScript programs"
java -cp 'benchmarks/target/app/lib/*' io.github.djlctc.benchmarks.ExportPrograms "$out/programs"

echo "== linking a Java runtime"
"$jdk/bin/jlink" --strip-debug --no-header-files --no-man-pages --output "$out/runtime" --add-modules \
  java.base,java.desktop,java.logging,java.management,java.net.http,java.sql,jdk.compiler,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs
tar -C "$out" -c runtime | xz -T0 -9 > "$out/runtime.tar.xz"
rm -rf "$out/runtime"

echo "== the sources of DJL's JNI library, with the headers that a JDK makes"
cp "$native"/* "$out/djl/native"
cp -R "$djl/api/src/main/native/djl" "$out/djl/include"
cp "$jdk/include/jni.h" "$jdk/include/linux/jni_md.h" "$out/djl/include"
classes=$(mktemp -d)
javac -proc:none -nowarn -d "$classes" -h "$out/djl/include" -cp "$out/lib/*" "$library"
rm -rf "$classes"
{ property djl.version; git rev-parse --short HEAD 2>/dev/null || true; } > "$out/versions"

du -sh "$out"/* | sort -h
size=$(du -sm "$out" | cut -f1)
echo "$size MiB in $out"
[ "$size" -le 60 ] || echo "prepare.sh: more than 60 MiB; send parts of it one after another" >&2
