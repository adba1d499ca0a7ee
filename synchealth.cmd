@echo off
rem Builds SyncHealth when needed, then forwards to the program. synchealth help lists the commands.
setlocal
set "SYNCHEALTH_CHECKOUT=%~dp0"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
where dotnet >nul 2>nul || (echo synchealth: The .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0. 1>&2 & exit /b 69)
where npm >nul 2>nul || (echo synchealth: Node.js 20 or newer is missing. Install it from https://nodejs.org. 1>&2 & exit /b 69)
set "target=host\SyncHealth.Host\SyncHealth.Host.csproj"
if "%~1"=="test" set "target=SyncHealth.sln"
dotnet build "%~dp0%target%" -c Release --nologo -v quiet -clp:NoSummary || exit /b 1
"%~dp0artifacts\bin\SyncHealth.Host\release\synchealth.exe" %*
exit /b %errorlevel%
