#!/bin/sh
# Starts ${launcher.main} with the jars beside this script. JAVA_OPTS adds JVM options.
here=$0
while [ -L "$here" ]; do
  link=$(readlink "$here")
  case $link in
    /*) here=$link ;;
    *) here=$(dirname "$here")/$link ;;
  esac
done
app=$(cd "$(dirname "$here")/.." && pwd)
java=java
[ -n "$JAVA_HOME" ] && java=$JAVA_HOME/bin/java
# Small tensor operations stall when idle OpenMP threads spin on a busy machine.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
# glibc asks for huge pages for large tensors, which are allocated anew for each batch.
export GLIBC_TUNABLES="${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1}"
# In the locale C, Java could not open files with other letters than ASCII in their names.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
  C | POSIX) export LC_ALL=C.UTF-8 ;;
esac
# For a fast start or little memory; another garbage collector cannot be chosen besides.
options="${launcher.options}"
case $JAVA_OPTS in
  *-XX:+Use*GC*) options= ;;
esac
# The classes that it loads, recorded by the build. Another JVM than that of the build, or another
# folder, does without, and without Java's own: there it is better deleted.
archive=$app/lib/${launcher.name}.jsa
[ -f "$archive" ] || archive=
exec "$java" -Xmx2g --enable-native-access=ALL-UNNAMED ${launcher.jvm.args} $options \
  ${archive:+-Xlog:cds=off} ${archive:+"-XX:SharedArchiveFile=$archive"} \
  $JAVA_OPTS -cp "$app/lib/*${launcher.jars}" ${launcher.main} "$@"
