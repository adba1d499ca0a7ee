using SyncHealth.Fleet.Scenarios;

namespace SyncHealth.Fleet.Behaviour;

/// <summary>
/// What the person of one device does, drawn from the seed alone: sessions at random moments, more of them in the afternoon than at
/// night, each with a few edits. The mild day rhythm leaves no hour without numbers.
/// </summary>
/// <param name="random">The script's own randomness.</param>
/// <param name="firstOpen">When the app is opened for the first time.</param>
/// <param name="startsAt">Time of day at fleet time zero, UTC.</param>
/// <param name="importsEvery">Mean time between imports; null for a person who does not import.</param>
/// <param name="storm">A time in which people are busier than usual; null for none.</param>
/// <param name="photographs">Whether they take photos of their work.</param>
internal sealed class DeviceScript(
    Random random, TimeSpan firstOpen, TimeSpan startsAt, TimeSpan? importsEvery, Storm? storm = null, bool photographs = false)
{
    /// <summary>Mean time between sessions at an average hour.</summary>
    private static readonly TimeSpan SessionEvery = TimeSpan.FromMinutes(35);

    /// <summary>Share by which the busiest hour lies above the average one, and the quietest below.</summary>
    private const double DayRhythm = 0.35;

    /// <summary>The busiest hour of the day, UTC.</summary>
    private const double BusiestHour = 15;

    /// <summary>Probability that a session goes on with a further edit.</summary>
    private const double GoesOn = 0.65;

    /// <summary>Probability that a session ends with a pull-to-refresh.</summary>
    private const double Refreshes = 0.12;

    /// <summary>Notes of the shortest import.</summary>
    private const int ImportFrom = 1020;

    /// <summary>Notes of the longest one: a page of a spreadsheet, which a working network takes within seconds.</summary>
    private const int ImportTo = 1200;

    /// <summary>Probability that an edit comes with a photo, for those who take any.</summary>
    private const double IsPhotographed = 0.5;

    /// <summary>Bytes of a photo as apps reduce them for upload: median, smallest and largest.</summary>
    private const int PhotoMedian = 90_000, PhotoFrom = 20_000, PhotoTo = 400_000;

    /// <summary>The steps in the order of their times, without end.</summary>
    public IEnumerable<DeviceStep> Steps()
    {
        var at = firstOpen;
        var nextImport = importsEvery is { } first ? firstOpen + first * random.NextDouble() : TimeSpan.MaxValue;
        while (true)
        {
            yield return new DeviceStep(at, DeviceAction.Open, 0, 0);
            if (at >= nextImport)
            {
                at += random.Between(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
                yield return new DeviceStep(at, DeviceAction.Import, 0, random.Next(ImportFrom, ImportTo));
                nextImport = at + importsEvery!.Value * random.Between(0.7, 1.3);
            }

            for (var goesOn = true; goesOn; goesOn = random.NextDouble() < GoesOn)
            {
                at += TimeSpan.FromSeconds(5) + random.Exponential(TimeSpan.FromSeconds(35));
                yield return Edit(at);
                if (photographs && random.NextDouble() < IsPhotographed)
                    yield return new DeviceStep(at, DeviceAction.Photo, random.NextDouble(), (int)Math.Clamp(random.LogNormal(PhotoMedian, 0.5), PhotoFrom, PhotoTo));
            }

            if (random.NextDouble() < Refreshes)
            {
                at += random.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));
                yield return new DeviceStep(at, DeviceAction.Refresh, 0, 0);
            }

            at = NextSession(at);
        }
    }

    private DeviceStep Edit(TimeSpan at)
    {
        var action = random.Pick((DeviceAction.Update, 0.78), (DeviceAction.Create, 0.13), (DeviceAction.Delete, 0.09));
        return new DeviceStep(at, action, random.NextDouble(), (int)Math.Clamp(random.LogNormal(180, 0.8), 10, 5000));
    }

    /// <summary>A storm does not wait for whoever was to open the app after its beginning: they come in its first minutes.</summary>
    private TimeSpan NextSession(TimeSpan at)
    {
        var next = at + random.Exponential(SessionEvery / Busyness(at));
        return storm is not null && at < storm.From && next > storm.From
            ? storm.From + ((next - storm.From) / storm.Busier)
            : next;
    }

    private double Busyness(TimeSpan at)
    {
        var hour = (startsAt + at).TotalHours;
        return (storm?.BusynessAt(at) ?? 1) * (1 + DayRhythm * Math.Cos((hour - BusiestHour) / 24 * 2 * Math.PI));
    }
}
