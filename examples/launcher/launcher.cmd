@echo off
rem Starts ${launcher.main} with the jars beside this script. JAVA_OPTS adds JVM options.
setlocal
set "APP=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
rem Small tensor operations stall when idle OpenMP threads spin on a busy machine.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
"%JAVA%" -Xmx2g --enable-native-access=ALL-UNNAMED %JAVA_OPTS% -cp "%APP%\lib\*" ${launcher.main} %*
exit /b %ERRORLEVEL%
