using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyncHealth.Client;
using SyncHealth.Contracts;
using SyncHealth.Dashboard.Setup;

namespace SyncHealth.Dashboard.Tests.Setup;

/// <summary>What the setup page offers to copy is right as it stands. Browser tests run the shell's.</summary>
public sealed class SnippetsTests
{
    /// <summary>Ends every literal it stands in, were it not escaped.</summary>
    private const string Hostile = "it's \"my\" \\app\\ ${HOME} \\(1+1) <b> ü";

    [Theory]
    [InlineData("notes")]
    [InlineData(Hostile)]
    public void CSharp_Compiles(string app)
    {
        var program = $"using System;\nusing SyncHealth.Client;\nusing SyncHealth.Contracts;\n{Of(app).CSharp}";
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "snippet",
            [CSharpSyntaxTree.ParseText(program)],
            [.. platform.Append(typeof(SyncTelemetry).Assembly.Location).Append(typeof(SyncType).Assembly.Location).Distinct().Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));

        Assert.Empty(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("notes")]
    [InlineData(Hostile)]
    public void Curl_Body_IsTheEventsJson(string app)
    {
        var curl = new Snippets("http://127.0.0.1:8080/", "shk_x", app, "1772627840000").Curl;
        Assert.StartsWith("curl http://127.0.0.1:8080/v1/events \\\n", curl.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        // As a shell reads it: what stands between single quotes, and an escaped one between those.
        var body = curl[(curl.IndexOf("-d '", StringComparison.Ordinal) + 4)..^1].Replace("'\\''", "'", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(app, json.RootElement.GetProperty("resource").GetProperty("app").GetString());
        Assert.Equal(1772627840000, json.RootElement.GetProperty("events")[0].GetProperty("timestamp").GetInt64());
    }

    [Fact]
    public void Others_HaveEndpointKeyAndAppInTheirOwnLiterals()
    {
        var snippets = Of(Hostile);
        foreach (var text in new[] { snippets.Kotlin, snippets.Swift, snippets.TypeScript })
        {
            Assert.Contains("\"http://127.0.0.1:8080/v1/logs\"", text, StringComparison.Ordinal);
            Assert.Contains("\"shk_x\"", text, StringComparison.Ordinal);
            Assert.Contains("X-SyncHealth-Key", text, StringComparison.Ordinal);
            Assert.Contains("sync.attempt", text, StringComparison.Ordinal);
        }

        // Kotlin reads a dollar sign as a name's beginning; a backslash is doubled everywhere, so that Swift reads no expression.
        Assert.Contains("\"it's \\\"my\\\" \\\\app\\\\ \\${HOME} \\\\(1+1) <b> ü\"", snippets.Kotlin, StringComparison.Ordinal);
        Assert.Contains("\"it's \\\"my\\\" \\\\app\\\\ ${HOME} \\\\(1+1) <b> ü\"", snippets.Swift, StringComparison.Ordinal);
    }

    private static Snippets Of(string app) => new("http://127.0.0.1:8080/", "shk_x", app, Snippets.ShellNow);
}
