using System.Text.Json;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Api.Tests.Diagnosis;

public sealed class DiagnosisRoutesTests
{
    [Fact]
    public async Task Doctor_HasFiguresAndFindings()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var stage = await ApiStage.StartAsync(new ApiOptions { LoopbackWithoutToken = true }, database.ConnectionString);

        using var report = JsonDocument.Parse(await stage.Client.GetStringAsync("/api/v1/doctor"));

        Assert.Equal(0, report.RootElement.GetProperty("facts").GetProperty("unfoldedCounts").GetInt64());
        Assert.Contains(report.RootElement.GetProperty("tables").EnumerateArray(), table => table.GetProperty("name").GetString() == "event_default");
        Assert.Contains(report.RootElement.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "no_key");
    }
}
