using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SyncHealth.Alerting.Worker.Configuration;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Outbox;

/// <summary>Reliability D5: the same course of the data, undisturbed, and with an edit of the rules and a restart or a reload after every evaluation. Receivers are told the same at the same times.</summary>
public sealed class UndisturbedTests
{
    /// <summary>An evaluation each: good data, bad data, or none. Incidents that last, one that is over too soon, holes while something is pending and while it fires, and one that flaps.</summary>
    private const string Course = "GGBBBBGGGG-B--BBB--GGGGGBGGBGBGBGBBBBBGGGGGG";

    [Theory]
    [InlineData("a restart")]
    [InlineData("a reload")]
    public async Task EditAndRestartOrReload_AfterEveryEvaluation_TellTheSame(string then)
    {
        var goal = new Goal("D5");
        var told = await TellAsync((_, _) => Task.CompletedTask);
        Assert.InRange(told.Count(line => line.Contains("trigger", StringComparison.Ordinal)), 4, int.MaxValue);
        Assert.Equal(told.Count(line => line.Contains("trigger", StringComparison.Ordinal)), told.Count(line => line.Contains("resolve", StringComparison.Ordinal)));

        Assert.Equal(told, await TellAsync(async (stage, step) =>
        {
            var edit = string.Create(CultureInfo.InvariantCulture, $", annotations: {{ edited: after {step} }}");
            if (then == "a restart")
                await UseRulesAsync(stage, edit);
            else
                await ReloadAsync(stage, edit);
        }));
        goal.Reached($"{Course.Length} evaluations, an edit of the rules and {then} after each: {told.Length} lines in the outbox and at the receivers, the same");
    }

    /// <summary>What the outbox holds and what the receivers got, in the end.</summary>
    private static async Task<string[]> TellAsync(Func<AlertingStage, int, Task> disturbAsync)
    {
        await using var stage = await AlertingStage.CreateAsync();
        await UseRulesAsync(stage, "");
        for (var step = 0; step < Course.Length; step++)
        {
            await stage.PassAsync(AlertingStage.Interval, () => Course[step] == '-' ? Task.CompletedTask : stage.SyncAsync(100, failedShare: Course[step] == 'B' ? 0.5 : 0));
            await disturbAsync(stage, step);
            stage.Wall.Advance(AlertingStage.Interval);
            await stage.DeliverAsync();
        }

        return
        [
            .. (await stage.OutboxAsync()).Order(),
            .. stage.Received.Slack.Messages.Select(message => $"{message.At:HH:mm} {message.Text}"),
            .. stage.Received.PagerDuty.Incidents.Select(incident => $"{incident.OpenedAt:HH:mm}-{incident.ResolvedAt:HH:mm} {incident.DedupKey} {incident.Triggers} {incident.Summary}"),
        ];
    }

    private static Task UseRulesAsync(AlertingStage stage, string edit) => stage.UseRulesAsync(Rules(edit));

    private static async Task ReloadAsync(AlertingStage stage, string edit)
    {
        await stage.WriteRulesAsync(Rules(edit));
        var setup = stage.Worker.GetRequiredService<SetupInForce>();
        setup.Ask();
        Assert.True(setup.Refresh());
    }

    private static string[] Rules(string edit) =>
    [
        $"{{ name: rate, metric: success_rate, below: 95, window: 2m, for: 4m, keepFiringFor: 2m, groupWait: 0s, notify: [pagerduty]{edit} }}",
        $"{{ name: hasty, metric: success_rate, below: 90, window: 2m, groupWait: 0s, notify: [slack]{edit} }}",
        $"{{ name: places, metric: success_rate, below: 95, window: 2m, by: [network], newGroupGrace: 0s, for: 2m, mode: point, groupWait: 0s, notify: [slack]{edit} }}",
    ];
}
