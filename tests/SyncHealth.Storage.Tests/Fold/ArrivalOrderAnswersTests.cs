using System.Text.Json;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Tests.Vitals;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Fold;

/// <summary>The same events in ten random orders, batches, folds and snapshots: every answer of the event clock is the same to the byte.</summary>
public sealed class ArrivalOrderAnswersTests
{
    private const int Orders = 10;
    private const int Events = 400;

    [Fact]
    public async Task Answers_TenOrders_AreByteIdentical()
    {
        var first = await AnswersAsync(order: 0);
        Assert.Contains("\"Missing\":", first, StringComparison.Ordinal);
        for (var order = 1; order < Orders; order++)
            Assert.Equal(first, await AnswersAsync(order));
    }

    private static async Task<string> AnswersAsync(int order)
    {
        await using var stage = await VitalsStage.CreateAsync();
        await ArriveAsync(stage, new Random(order));
        var answers = new List<object?>();
        foreach (var query in Questions(stage))
            answers.Add(await stage.ReadAsync(query));
        foreach (var metric in Enum.GetValues<DistributionMetric>())
            answers.Add(await stage.Reader.ReadDistributionAsync(metric, stage.Ask(TimeSpan.FromDays(9), by: "app_version"), TestContext.Current.CancellationToken));
        answers.Add(await stage.Devices.FurthestBehindAsync("notes", stage.Now, [], 99, TestContext.Current.CancellationToken));
        answers.Add(await stage.Releases.AdoptionAsync("notes", stage.Now.AddDays(-9), stage.Now, [], TestContext.Current.CancellationToken));
        answers.Add(await stage.Releases.ReleasesAsync("notes", stage.Now, [], TestContext.Current.CancellationToken));
        answers.Add((await stage.Releases.DevicesAsync("notes", stage.Now.AddDays(-9), stage.Now, [], TestContext.Current.CancellationToken)).Select(WithSketchCounted));
        answers.Add(await stage.Gaps.ReadAsync("notes", stage.Now, [], TestContext.Current.CancellationToken));
        return JsonSerializer.Serialize(answers);
    }

    /// <summary>All of them arrive in the last minutes, in an order, in batches and between folds that the seed decides.</summary>
    private static async Task ArriveAsync(VitalsStage stage, Random random)
    {
        var seqs = new Dictionary<long, long>();
        var attempts = SomeAttempts.Before(stage.Now.AddMinutes(-1), seed: 41, Events, TimeSpan.FromDays(9))
            .Select((attempt, i) => attempt with { Id = i, ClockOff = TimeSpan.Zero, Seq = SeqOf(attempt.Device, i) })
            .ToArray();
        random.Shuffle(attempts);
        for (var sent = 0; sent < attempts.Length;)
        {
            var size = random.Next(1, 60);
            var received = stage.Now.AddMilliseconds(sent);
            await stage.CommitAsync(attempts.Skip(sent).Take(size).Select(attempt => attempt with { Received = received }));
            sent += size;
            if (random.Next(3) == 0)
                await stage.FoldAsync();
            if (random.Next(4) == 0)
                await stage.MaintainAsync();
            if (random.Next(3) == 0)
                await stage.PackAsync();
        }

        // A number in seven never arrives.
        long? SeqOf(long? device, int i)
        {
            if (device is not { } key || i % 11 == 0)
                return null;
            seqs[key] = seqs.GetValueOrDefault(key) + (i % 7 == 0 ? 2 : 1);
            return seqs[key];
        }
    }

    private static IEnumerable<VitalsQuery> Questions(VitalsStage stage) =>
        from question in new (TimeSpan? Step, string By)[]
        {
            (null, ""), (null, "app_version,os,network"), (TimeSpan.FromDays(1), "app_version"), (TimeSpan.FromHours(1), ""), (null, "device_model,tag:cohort"), (TimeSpan.FromHours(6), "error_kind"),
        }
        select stage.Ask(TimeSpan.FromDays(9), question.Step, question.By) with { Parts = VitalsParts.Devices | VitalsParts.Fleet };

    private static object WithSketchCounted(DeviceTotals device)
    {
        var sketch = new DurationSketch();
        sketch.Merge(device.Sketch);
        return (device with { Sketch = [] }, string.Join(',', sketch.Buckets)).ToString();
    }
}
