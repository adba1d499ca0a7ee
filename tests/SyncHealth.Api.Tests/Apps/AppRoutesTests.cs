using System.Net;
using Xunit;

namespace SyncHealth.Api.Tests.Apps;

public sealed class AppRoutesTests : RoutesTest
{
    [Fact]
    public async Task Put_WhatIsNotSentStays_NullLeavesItToTheInstallation()
    {
        await PutAsync("my notes", """{"eventsPerSecond":500,"rawDays":10}""", HttpStatusCode.OK);
        await PutAsync("my notes", """{"rawDays":null,"hourDays":90}""", HttpStatusCode.OK);

        Assert.Equal(
            """{"apps":[{"app":"my notes","eventsPerSecond":500,"rawDays":null,"hourDays":90,"dayDays":null}]}""",
            await Stage.Client.GetStringAsync("/api/v1/apps"));
    }

    [Theory]
    [InlineData("""{"rawDays":7}""", "rawDays")]
    [InlineData("""{"rawDays":31}""", "rawDays")]
    [InlineData("""{"hourDays":89}""", "hourDays")]
    [InlineData("""{"dayDays":400}""", "dayDays")]
    [InlineData("""{"days":400}""", "days")]
    [InlineData("""{"rawDays":0}""", "rawDays")]
    public async Task Put_WhatReadersNeed_IsRefusedByName(string body, string parameter)
    {
        Assert.Contains($"\"parameter\":\"{parameter}\"", await PutAsync("notes", body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal("""{"apps":[]}""", await Stage.Client.GetStringAsync("/api/v1/apps"));
    }

    private async Task<string> PutAsync(string app, string body, HttpStatusCode expected)
    {
        using var answer = await Stage.SendAsync(HttpMethod.Put, $"/api/v1/apps/{Uri.EscapeDataString(app)}", body);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
