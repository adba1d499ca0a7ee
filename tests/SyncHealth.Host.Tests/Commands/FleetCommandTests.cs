using SyncHealth.Fleet.Scenarios;
using SyncHealth.Host.Commands;
using Xunit;

namespace SyncHealth.Host.Tests.Commands;

/// <summary>What the fleet's command line takes. It took no address at all for a while: the library reads none by itself.</summary>
public sealed class FleetCommandTests
{
    public static TheoryData<string> Scenarios => [.. ScenarioCatalog.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Parse_EveryScenario_IsTaken(string scenario)
    {
        var parsed = FleetCommand.Create().Parse(["--endpoint", "http://127.0.0.1:4318", "--key", "demo", "--scenario", scenario, "--devices", "20", "--for", "10s", "--speed", "120"]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(new Uri("http://127.0.0.1:4318"), parsed.GetValue<Uri>("--endpoint"));
        Assert.Equal(scenario, parsed.GetValue<string>("--scenario"));
    }

    [Theory]
    [InlineData("127.0.0.1:4318")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("nowhere")]
    public void Parse_NoAddress_SaysWhatOneLooksLike(string endpoint)
    {
        var parsed = FleetCommand.Create().Parse(["--endpoint", endpoint, "--key", "demo"]);

        Assert.Equal($"--endpoint takes an address such as http://127.0.0.1:4318, not '{endpoint}'.", Assert.Single(parsed.Errors).Message);
    }

    [Fact]
    public void Parse_EmptyKey_IsRefusedByName() =>
        Assert.Contains("--key is empty", Assert.Single(FleetCommand.Create().Parse(["--endpoint", "http://127.0.0.1:4318", "--key", ""]).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_WithoutAnAddress_IsRefused() => Assert.NotEmpty(FleetCommand.Create().Parse(["--key", "demo"]).Errors);
}
