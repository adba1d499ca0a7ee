using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Storage.Alerts;
using Xunit;

namespace SyncHealth.Api.Tests.Receivers;

public sealed class ReceiverRoutesTests : RoutesTest
{
    [Fact]
    public async Task List_NothingEvaluates_SaysThatTheWatchdogIsAbsent()
    {
        var list = await ListAsync();

        Assert.Equal("absent", list.GetProperty("watchdog").GetString());
        Assert.Equal(0, list.GetProperty("receivers").GetArrayLength());
    }

    [Theory]
    [InlineData(0, "firing")]
    [InlineData(-130, "absent")]
    public async Task List_WatchdogGoesWithTheLastEvaluation(int seconds, string expected)
    {
        await Stage.Services.GetRequiredService<AlertHealthStore>().RecordAsync(
            new RoundCounts(1, 2, 0, 0, 0), TimeProvider.System.GetUtcNow().AddSeconds(seconds), CancellationToken.None);
        var list = await ListAsync();

        Assert.Equal((expected, 2), (list.GetProperty("watchdog").GetString(), list.GetProperty("missedEvaluations").GetInt64()));
    }

    [Fact]
    public async Task List_ReceiverWithoutSecret_IsShownAsSuch()
    {
        await ReplaceAsync();
        var states = (await ListAsync()).GetProperty("receivers").EnumerateArray().Select(receiver => $"{receiver.GetProperty("name").GetString()} {receiver.GetProperty("state").GetString()}");

        Assert.Equal(["jira no_secret", "slack ready"], states);
    }

    [Fact]
    public async Task Test_TakenByTheProcessThatSends_AnswersWhatItSaid()
    {
        await ReplaceAsync();
        var tests = Stage.Services.GetRequiredService<ReceiverTestStore>();
        var answering = PostAsync("slack");
        (Guid Id, string Receiver)? taken;
        do
            taken = await tests.TakeAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        while (taken is null && !answering.IsCompleted);
        await tests.FinishAsync(taken!.Value.Id, isDelivered: true, "200", CancellationToken.None);

        var (status, body) = await answering;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("slack", "delivered", "200"), (taken.Value.Receiver, body.GetProperty("status").GetString(), body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Test_UnknownReceiver_IsNotFound() => Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("nobody")).Status);

    private Task ReplaceAsync() => Stage.Services.GetRequiredService<ReceiverStore>().ReplaceAsync(
        [new ReceiverSave("slack", "slack", "hooks.slack.com", true, "jira"), new ReceiverSave("jira", "jira", "x.atlassian.net", false, null)], ApiStage.Now, CancellationToken.None);

    private async Task<JsonElement> ListAsync()
    {
        using var response = await Stage.GetAsync("api/v1/receivers");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string name)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await Stage.Client.PostAsync($"api/v1/receivers/{name}/test", content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone());
    }
}
