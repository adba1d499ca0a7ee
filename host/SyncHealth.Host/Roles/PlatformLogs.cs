using Microsoft.Extensions.Logging.Console;

namespace SyncHealth.Host.Roles;

/// <summary>Logs go to stderr: text on a terminal, one JSON object a line otherwise.</summary>
internal static class PlatformLogs
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The keys that sign forms are in a folder that only its owner may enter; the framework would rather have them encrypted as well.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // The framework writes a line for each request that is led to the sign-in page.
        logging.AddFilter("SyncHealth.Dashboard.Access.SessionAuthentication", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = Console.IsErrorRedirected ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        });
        logging.AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.TimestampFormat = "HH:mm:ss ";
        });
        logging.AddJsonConsole(format => format.UseUtcTimestamp = true);
    }
}
