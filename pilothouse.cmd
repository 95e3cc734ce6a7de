@echo off
rem Builds Pilothouse when needed, then runs it. The twin of the script "pilothouse".
setlocal enabledelayedexpansion
set "TOP=%~dp0"
set "COMMAND=%~1"
if "%COMMAND%"=="--help" goto usage
if "%COMMAND%"=="-h" goto usage

set "JDK="
for %%J in ("%PILOTHOUSE_JAVA_HOME%" "%JAVA_HOME%") do call :consider "%%~J"
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%USERPROFILE%\.jdks") do (
  if exist "%%~R" for /d %%J in ("%%~R\*") do call :consider "%%~J"
)
if not defined JDK (
  echo pilothouse: no JDK 25 or newer was found; install one ^(https://adoptium.net^) or set PILOTHOUSE_JAVA_HOME to it. 1>&2
  exit /b 1
)
set "JAVA_HOME=%JDK%"
where mvn >nul 2>nul || (
  echo pilothouse: Maven is needed to build; install it, for example with: winget install Apache.Maven 1>&2
  exit /b 1
)
if not defined PILOTHOUSE_HEAP set "PILOTHOUSE_HEAP=2g"
set FLAGS=-XX:+UseSerialGC -Xms64m -XX:NewSize=28m -XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=10000 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps -XX:NewRatio=3 -XX:MetaspaceSize=80m -Xmx%PILOTHOUSE_HEAP% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %PILOTHOUSE_JAVA_OPTS%

if "%COMMAND%"=="test" (
  cd /d "%TOP%" && mvn -B verify
  exit /b !errorlevel!
)
set "MODULE=control-plane"
set "MAIN=dev.pilothouse.server.cli.Main"
if "%COMMAND%"=="" (
  set "MODULE=app-ui"
  set "MAIN=dev.pilothouse.ui.launch.Launcher"
)
pushd "%TOP%"
call mvn -q -B -DskipTests -Dspotless.check.skip=true -pl %MODULE% -am package
if errorlevel 1 (
  popd
  echo pilothouse: the build failed; the reason stands above. 1>&2
  exit /b 1
)
popd
for %%F in ("%TOP%%MODULE%\target\%MODULE%-*.jar") do set "JAR=%%~fF"
"%JDK%\bin\java.exe" %FLAGS% -cp "%JAR%;%TOP%%MODULE%\target\lib\*" %MAIN% %*
exit /b %errorlevel%

:consider
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  for /f "tokens=1 delims=." %%M in ("%%~V") do if %%M GEQ 25 set "JDK=%~1"
)
exit /b 0

:usage
echo Usage: pilothouse [serve ^| status ^| backup FILE ^| restore FILE ^| version ^| test]
echo Without a command the desktop application opens. serve --help lists the server's options.
exit /b 0
