@echo off
rem Starts ${launcher.main} with the jars beside this script. JAVA_OPTS adds JVM options.
setlocal
set "APP=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
rem Small tensor operations stall when idle OpenMP threads spin on a busy machine.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
rem For a fast start or little memory; another garbage collector cannot be chosen besides.
set "OPTIONS=${launcher.options}"
if defined JAVA_OPTS if not "%JAVA_OPTS:GC=%"=="%JAVA_OPTS%" set "OPTIONS="
rem The classes that it loads, recorded by the build. Another JVM or folder does without.
set "ARCHIVE=%APP%\lib\${launcher.name}.jsa"
if exist "%ARCHIVE%" set OPTIONS=%OPTIONS% -Xlog:cds=off "-XX:SharedArchiveFile=%ARCHIVE%"
"%JAVA%" -Xmx2g --enable-native-access=ALL-UNNAMED ${launcher.jvm.args} %OPTIONS% %JAVA_OPTS% -cp "%APP%\lib\*${launcher.jars.cmd}" ${launcher.main} %*
exit /b %ERRORLEVEL%
