namespace SyncHealth.Dashboard.Live;

/// <summary>A page, ready to be drawn: computed once for each distinct question, shared by its viewers.</summary>
public interface IPageView
{
    PageFrame Frame { get; }
}
