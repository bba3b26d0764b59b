/** Stands in for date-holidays, whose data weigh more than the whole console: nothing that folds a history asks for it. */
class NoHolidays {
  constructor() {
    throw new Error('a due instant was computed in the browser');
  }
}

// oxlint-disable-next-line import/no-default-export -- as the package that it stands in for.
export default NoHolidays;
