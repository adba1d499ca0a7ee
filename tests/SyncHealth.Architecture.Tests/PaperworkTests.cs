using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace SyncHealth.Architecture.Tests;

/// <summary>Documents that promise something about the code keep their promise.</summary>
public sealed partial class PaperworkTests
{
    private static readonly string[] Commands = ["demo", "up", "test", "bench", "fleet", "engine", "receivers", "vitals", "migrate", "mark", "keys", "apps", "users", "doctor"];

    [Fact]
    public void Notice_NamesEveryPackage()
    {
        var notice = Checkout.Read("NOTICE");
        var packages = XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(item => item.Attribute("Include")!.Value);
        Assert.Empty(packages.Where(package => !Regex.IsMatch(notice, $@"(^|[\s,]){Regex.Escape(package)}($|[\s,])", RegexOptions.Multiline)).ToArray());
    }

    [Fact]
    public void ArticleMap_NamesOnlyWhatExists()
    {
        var paths = Quoted().Matches(Checkout.Read("docs/article.md")).Select(match => match.Groups[1].Value).Where(text => text.Contains('/', StringComparison.Ordinal) && !text.StartsWith('/') && !text.StartsWith("./", StringComparison.Ordinal));
        Assert.Empty(paths.Where(path => !Exists(path)).ToArray());
    }

    [Fact]
    public void ArticleMap_HasEverySectionFromTwoOn()
    {
        string[] sections = ["2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1", "6.2", "7.1", "7.2", "7.3", "8.1", "8.2"];
        var map = Checkout.Read("docs/article.md");
        Assert.Empty(sections.Where(section => !map.Contains($"| {section} |", StringComparison.Ordinal)).ToArray());
    }

    /// <summary>Every check of the specification is in the list, and every test that it names exists.</summary>
    [Fact]
    public void Acceptance_NamesOnlyTestsThatExist()
    {
        var list = Checkout.Read("docs/acceptance.md");
        Assert.Empty(Enumerable.Range(1, 22).Where(number => !list.Contains($"\n| N{number} |", StringComparison.Ordinal)).ToArray());
        var tests = Checkout.Sources.Where(source => source.Path.StartsWith("tests/", StringComparison.Ordinal)).ToLookup(source => Path.GetFileNameWithoutExtension(source.Path), source => source.Text);
        var named = Test().Matches(list).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToArray();
        Assert.True(named.Length > 22);
        Assert.Empty(named.Where(test => !tests[test.Class].Any(text => test.Method.Length == 0 || text.Contains($" {test.Method}(", StringComparison.Ordinal))).ToArray());
    }

    [Fact]
    public void Links_BetweenDocuments_LeadSomewhere() => Assert.Empty((string[])
    [
        .. from document in Checkout.With(".md")
           from Match match in Link().Matches(Checkout.Read(document))
           let target = match.Groups[1].Value
           where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal)
           let path = Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(document)!, target.Split('#')[0]))).Replace('\\', '/')
           where !Exists(path)
           select $"{document}: {target}",
    ]);

    [Fact]
    public void Compose_SetsOnlyWhatTheProgramsRead()
    {
        var read = Checkout.Sources.Where(source => source.Path.StartsWith("host/", StringComparison.Ordinal)).Select(source => source.Text).ToArray();
        var keys = ComposeKey().Matches(Checkout.Read("docker-compose.yml")).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToArray();
        Assert.NotEmpty(keys);
        Assert.Empty(keys.Where(key => !read.Any(text => text.Contains($"\"{key}\"", StringComparison.Ordinal))).ToArray());
    }

    [Fact]
    public void Compose_VariablesOfDotEnv_AreExplained()
    {
        var used = ComposeVariable().Matches(Checkout.Read("docker-compose.yml")).Select(match => match.Groups[1].Value).Distinct();
        var example = Checkout.Read(".env.example");
        Assert.Empty(used.Where(name => !example.Contains($"{name}=", StringComparison.Ordinal)).ToArray());
    }

    [Fact]
    public void Compose_RunsOnlyCommandsThatExist()
    {
        var commands = ComposeCommand().Matches(Checkout.Read("docker-compose.yml")).Select(match => match.Groups[1].Value).Where(command => command != "postgres").ToArray();
        Assert.NotEmpty(commands);
        Assert.Empty(commands.Except(Commands));
    }

    [Fact]
    public void Dockerfile_CopiesOnlyWhatExistsAndRunsUnprivileged()
    {
        var dockerfile = Checkout.Read("Dockerfile");
        Assert.Contains("USER $APP_UID", dockerfile, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"FROM \S+:latest|FROM [^:\s]+(\s|$)(?!AS)", dockerfile);
        Assert.Contains("host/SyncHealth.Host/SyncHealth.Host.csproj", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_ShowsTheSampleAsItIsCompiled()
    {
        var sample = Checkout.Read("client-sdk/samples/SyncHealth.Samples.Console/Program.cs");
        var snippet = Snippet().Match(sample).Groups[1].Value.Trim();
        Assert.NotEmpty(snippet);
        Assert.Contains(snippet, Checkout.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_ShowsEveryCallInUnderSixtyLines()
    {
        var sample = Checkout.Read("client-sdk/samples/SyncHealth.Samples.Console/Program.cs");
        var surface = Checkout.Read("client-sdk/SyncHealth.Client/PublicApi.txt");
        var calls = ApiTypes().Matches(surface).SelectMany(type => ApiMethod().Matches(type.Groups["members"].Value)).Select(method => method.Groups[1].Value).Distinct()
            .Except(["Equals", "GetHashCode", "ToString", "Dispose", "DisposeAsync"]).ToArray();

        Assert.True(calls.Length > 20, string.Join(' ', calls));
        Assert.All(calls, call => Assert.Contains($".{call}(", sample, StringComparison.Ordinal));
        Assert.InRange(sample.Split('\n').Length, 1, 59);
    }

    [Fact]
    public void Readme_SaysTheTwoCommandsFirst()
    {
        var readme = Checkout.Read("README.md");
        var sections = Heading().Matches(readme).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(
            ["Two commands", "Use it for real", "Send from a C# app", "Send from anything else", "How it works", "Why not a general tool", "Where things are"],
            sections[..7]);
    }

    private static bool Exists(string path) =>
        File.Exists(Path.Combine(Checkout.Root, path)) || Directory.Exists(Path.Combine(Checkout.Root, path));

    [GeneratedRegex(@"^\S.*SyncHealth\.Client\.(?:SyncTelemetry|SyncAttempt)\b :.*\n(?<members>(?:    .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex ApiTypes();

    [GeneratedRegex(@" (\w+)\(")]
    private static partial Regex ApiMethod();

    [GeneratedRegex(@"// <snippet>\n(.*?)// </snippet>", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex Test();

    [GeneratedRegex(@"`([^`\s]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s+SYNCHEALTH__(\w+):", RegexOptions.Multiline)]
    private static partial Regex ComposeKey();

    [GeneratedRegex(@"\$\{(\w+)[:}]")]
    private static partial Regex ComposeVariable();

    [GeneratedRegex(@"command: \[""(\w+)""")]
    private static partial Regex ComposeCommand();
}
