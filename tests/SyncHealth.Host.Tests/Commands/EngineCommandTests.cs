using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using SyncHealth.Host.Commands;
using Xunit;

namespace SyncHealth.Host.Tests.Commands;

public sealed class EngineCommandTests : IDisposable
{
    private const string Sequential = """{"startContent":"","endContent":"ok😀","txns":[{"patches":[[0,0,"ok"]]},{"patches":[[2,0,"x😀"],[2,1,""]]}]}""";

    private const string Concurrent = """
        {"kind":"concurrent","endContent":"ab!","numAgents":2,"txns":[
          {"parents":[],"numChildren":1,"agent":1,"patches":[[0,0,"b"]]},
          {"parents":[],"numChildren":1,"agent":0,"patches":[[0,0,"a"]]},
          {"parents":[0,1],"numChildren":0,"agent":0,"patches":[[2,0,"!"]]}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-trace-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _notes = new();

    [Fact]
    public void Run_BothFormats_PrintsARowEachAndSucceeds()
    {
        var gzip = Path.Combine(_folder.FullName, "one.json.gz");
        using (var stream = new GZipStream(File.Create(gzip), CompressionLevel.Fastest))
            stream.Write(Encoding.UTF8.GetBytes(Sequential));

        Assert.Equal(ExitCodes.Success, Run(gzip, Write("two.json", Concurrent)));
        Assert.Matches(new Regex(@"^one\.json\.gz +3 +\d+ +\d+\.\d\d +match$", RegexOptions.Multiline), _output.ToString());
        Assert.Matches(new Regex(@"^two\.json +3 +\d+ +\d+\.\d\d +match$", RegexOptions.Multiline), _output.ToString());
        Assert.Equal("", _notes.ToString());
    }

    [Fact]
    public void Run_AnotherEnd_IsAMismatchAndFails()
    {
        Assert.Equal(ExitCodes.Failure, Run(Write("good.json", Sequential), Write("bad.json", Concurrent.Replace("\"ab!\"", "\"ba!\"", StringComparison.Ordinal))));
        Assert.Matches(new Regex(@"^good\.json .* match$", RegexOptions.Multiline), _output.ToString());
        Assert.Matches(new Regex(@"^bad\.json .* mismatch$", RegexOptions.Multiline), _output.ToString());
    }

    [Fact]
    public void Run_UnreadableFiles_SaysWhyAndGoesOn()
    {
        var missing = Path.Combine(_folder.FullName, "missing.json");
        Assert.Equal(ExitCodes.Failure, Run(missing, Write("no.json", "{}"), Write("no.json.gz", "{}"), _folder.FullName, Write("good.json", Sequential)));

        Assert.Contains($"cannot replay {missing}: Could not find file", _notes.ToString(), StringComparison.Ordinal);
        Assert.Contains("no.json: it has no endContent", _notes.ToString(), StringComparison.Ordinal);
        Assert.Contains("no.json.gz: ", _notes.ToString(), StringComparison.Ordinal);
        Assert.Contains($"cannot replay {_folder.FullName}: ", _notes.ToString(), StringComparison.Ordinal);
        Assert.Matches(new Regex(@"^good\.json .* match$", RegexOptions.Multiline), _output.ToString());
    }

    [Theory]
    [InlineData("engine", "trace")]
    [InlineData("engine", "trace", "--fast", "x.json")]
    [InlineData("engine")]
    public async Task CommandLine_WithoutAFile_IsAUsageError(params string[] args) => Assert.Equal(ExitCodes.Usage, await CommandLine.RunAsync(args));

    public void Dispose()
    {
        _output.Dispose();
        _notes.Dispose();
        _folder.Delete(recursive: true);
    }

    private int Run(params string[] files) => EngineCommand.Run(files, _output, _notes, TimeProvider.System, CancellationToken.None);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
