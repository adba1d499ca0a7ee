using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Keys;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

/// <summary>The TypeScript of the guide, word for word, with the real npm packages against the real edge and a real Postgres.</summary>
public sealed partial class GuideTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IngestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await IngestServer.StartAsync(_database);
        _server.Clock.Advance(TimeProvider.System.GetUtcNow() - _server.Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task TypeScript_OfTheGuide_SendsAnAttempt()
    {
        var key = await _server.Services.GetRequiredService<KeyStore>().CreateAsync("notes", "guide", [], TestContext.Current.CancellationToken);

        await RunAsync(Script(key));

        await using var command = _database.DataSource.CreateCommand("""
            select concat_ws('|', type, app_version, os, duration_ms, queued_items, outcome.name, has_device, count(*) over ())
            from synchealth.event join synchealth.segment using (segment_id) join synchealth.core_segment using (core_id) join synchealth.outcome using (outcome)
            """);
        Assert.Equal("delta|2.4.1|ios|812|4|success|t|1", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The page's lines, between the names that they leave to the app and the end of a program.</summary>
    private string Script(string key)
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "opentelemetry.md"));
        var lines = TypeScript().Match(page).Groups["lines"].Value;
        Assert.Contains("https://YOUR-INGEST/", lines, StringComparison.Ordinal);
        return $"const key = '{key}', installationId = 'install-guide', ok = true, took = 812, pending = 4;\n"
            + lines.Replace("https://YOUR-INGEST/", _server.Client.BaseAddress!.ToString(), StringComparison.Ordinal)
            + "await logs.shutdown();\n";
    }

    private static async Task RunAsync(string script)
    {
        // Beside the packages: Node looks for them from the script's folder.
        var file = Path.Combine(OtlpSdk.Folder, $"guide-{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", [file]) { RedirectStandardError = true })!;
            var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((0, ""), (node.ExitCode, errors));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^```ts\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TypeScript();
}
