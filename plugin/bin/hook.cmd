@echo off
rem Runs Reverie's hook with the editor's own runtime, the one recorded when the extension last ran, or node.
setlocal
if "%REVERIE_HOME%"=="" (set "home=%USERPROFILE%\.reverie") else (set "home=%REVERIE_HOME%")
set "cli=%~dp0..\..\dist\cli.js"
if not exist "%cli%" if exist "%home%\cli-path" set /p cli=<"%home%\cli-path"
if not exist "%cli%" exit /b 0
set "runtime=%REVERIE_RUNTIME%"
if not exist "%runtime%" if exist "%home%\runtime" set /p runtime=<"%home%\runtime"
if not exist "%runtime%" set "runtime=node"
set ELECTRON_RUN_AS_NODE=1
"%runtime%" "%cli%" hook %*
exit /b 0
