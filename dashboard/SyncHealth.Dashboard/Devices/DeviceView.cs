using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Devices;

/// <summary>One device's page, ready to be drawn.</summary>
/// <param name="Facts">Null when the app has no such device.</param>
/// <param name="Work">Where its work stands; null without a device.</param>
/// <param name="Answer">To "is my work lost?"; null without a device.</param>
/// <param name="Story">Newest first.</param>
/// <param name="IsCut">Whether older events of the range were left out.</param>
public sealed record DeviceView(PageFrame Frame, DeviceFacts? Facts, WorkStanding? Work, WorkAnswer? Answer, IReadOnlyList<StoryLine> Story, bool IsCut) : IPageView;
