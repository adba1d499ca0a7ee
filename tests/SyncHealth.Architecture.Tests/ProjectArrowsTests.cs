using System.Xml.Linq;
using Xunit;

namespace SyncHealth.Architecture.Tests;

/// <summary>Who may know whom. Any other arrow is a wall moved: change the design first.</summary>
public sealed class ProjectArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["SyncHealth.Contracts"] = [],
        ["SyncHealth.Client"] = ["SyncHealth.Contracts"],
        ["SyncHealth.Client.Hosting"] = ["SyncHealth.Client"],
        ["SyncHealth.SyncEngine"] = ["SyncHealth.Client"],
        ["SyncHealth.SyncServer"] = ["SyncHealth.SyncEngine"],
        ["SyncHealth.Fleet"] = ["SyncHealth.SyncEngine", "SyncHealth.Client"],
        ["SyncHealth.Statistics"] = [],
        ["SyncHealth.Storage"] = ["SyncHealth.Contracts", "SyncHealth.Statistics"],
        ["SyncHealth.Ingest"] = ["SyncHealth.Storage", "SyncHealth.Contracts"],
        ["SyncHealth.Alerting"] = ["SyncHealth.Statistics"],
        ["SyncHealth.Alerting.Worker"] = ["SyncHealth.Alerting", "SyncHealth.Storage"],
        ["SyncHealth.Alerting.Receivers"] = [],
        ["SyncHealth.Api"] = ["SyncHealth.Storage", "SyncHealth.Statistics", "SyncHealth.Alerting"],
        ["SyncHealth.Dashboard"] = ["SyncHealth.Storage", "SyncHealth.Alerting", "SyncHealth.Statistics"],
        ["SyncHealth.Samples.Notes"] = ["SyncHealth.SyncEngine", "SyncHealth.Client", "SyncHealth.Fleet", "SyncHealth.Dashboard"],
    };

    /// <summary>The host composes everything, benchmarks measure everything, samples show the client.</summary>
    private static readonly string[] Unrestricted = ["SyncHealth.Host", "SyncHealth.Benchmarks"];

    private const string Minimums = "Dependencies of our packages: minimum versions";

    public static TheoryData<string> Projects => [.. Checkout.With(".csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_AreTheDesignsArrows(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (path.StartsWith("tests/", StringComparison.Ordinal) || Unrestricted.Contains(name))
            return;

        // A sample shows the client, unless the table says more of it.
        var allowed = path.Contains("/samples/", StringComparison.Ordinal)
            ? Allowed.GetValueOrDefault(name, ["SyncHealth.Client", "SyncHealth.Client.Hosting"])
            : Allowed[name];
        Assert.Empty(ReferencesOf(path).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_Packages_AreWhereTheyBelong(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var packages = PackagesOf(path).ToArray();
        var frameworks = XDocument.Parse(Checkout.Read(path)).Descendants("FrameworkReference").Select(item => item.Attribute("Include")!.Value).ToArray();

        if (!path.StartsWith("tests/", StringComparison.Ordinal) && name is not ("SyncHealth.Storage" or "SyncHealth.SyncServer" or "SyncHealth.Benchmarks"))
            Assert.DoesNotContain(packages, package => package is "Npgsql" or "Dapper");
        if (name is "SyncHealth.Storage" or "SyncHealth.Alerting" or "SyncHealth.Statistics" or "SyncHealth.Contracts" or "SyncHealth.Client")
            Assert.Empty(frameworks);
        if (name is "SyncHealth.Contracts" or "SyncHealth.Statistics")
            Assert.Empty(packages);
    }

    /// <summary>What our packages depend on is a minimum: an exact version in a nuspec forbids an app every other. The lock files hold those to one, too.</summary>
    [Fact]
    public void Versions_AreExactButForDependenciesOfOurPackages()
    {
        var versions = XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .ToLookup(item => item.Parent!.Attribute("Label")!.Value == Minimums, item => (Name: item.Attribute("Include")!.Value, Version: item.Attribute("Version")!.Value));
        Assert.All(versions[false], item => Assert.Matches(@"^\[[0-9][0-9A-Za-z.\-]*\]$", item.Version));
        Assert.All(versions[true], item => Assert.Matches(@"^[0-9][0-9A-Za-z.\-]*$", item.Version));

        var needed = Checkout.With(".csproj").Where(path => path.StartsWith("client-sdk/SyncHealth.Client", StringComparison.Ordinal)).SelectMany(PackagesOf).ToArray();
        Assert.NotEmpty(needed);
        Assert.Subset(versions[true].Select(item => item.Name).ToHashSet(), needed.ToHashSet());
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = Checkout.Read("SyncHealth.sln").Replace('\\', '/');
        Assert.All(Checkout.With(".csproj"), path => Assert.Contains(path, solution));
    }

    private static IEnumerable<string> PackagesOf(string path) =>
        XDocument.Parse(Checkout.Read(path)).Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value);

    private static IEnumerable<string> ReferencesOf(string path) =>
        XDocument.Parse(Checkout.Read(path)).Descendants("ProjectReference")
            .Select(item => Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value.Replace('\\', '/')));
}
